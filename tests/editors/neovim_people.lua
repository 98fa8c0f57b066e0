-- The people of a text in Neovim 0.7 .. 0.11: FILE says "Mary met John. …". Prints the outline and the hints, renames Mary and writes.
-- LSP_SERVER='gru-lint-server' nvim --clean --headless -n FILE -c 'luafile neovim_people.lua' -c 'cquit 3'
local cmd = vim.split(os.getenv('LSP_SERVER'), ' ')
local buf = vim.api.nvim_get_current_buf()
local function out(s) io.stdout:write(s .. '\n') end
local function die(s) out('FAIL ' .. s); vim.cmd('cquit 1') end
local settings = { gruLint = { inlayHints = true } }
local options = { name = 'lsp', cmd = cmd, root_dir = vim.fn.getcwd(), settings = settings }
local id
if vim.lsp.start then      -- 0.8+
  id = vim.lsp.start(options, { bufnr = buf })
else                       -- 0.7
  id = vim.lsp.start_client(options)
  vim.lsp.buf_attach_client(buf, id)
end
local function is_ready()
  local client = vim.lsp.get_client_by_id(id)
  return client and client.initialized
end
if not vim.wait(40000, is_ready, 20) then die('the server does not answer') end
local document = vim.lsp.util.make_text_document_params(buf)
local answer = vim.lsp.buf_request_sync(buf, 'textDocument/documentSymbol', { textDocument = document }, 40000)
local symbols = answer and answer[id] and answer[id].result
if not symbols then die('no outline ' .. vim.inspect(answer)) end
for _, person in ipairs(symbols) do
  local mentions = {}
  for _, mention in ipairs(person.children or {}) do table.insert(mentions, mention.name) end
  out(person.name .. ': ' .. table.concat(mentions, ' '))
end
local hints
if vim.lsp.inlay_hint then -- 0.10+: as a user turns them on
  vim.lsp.inlay_hint.enable(true, { bufnr = buf })
  local function are_shown() return #vim.lsp.inlay_hint.get({ bufnr = buf }) > 0 end
  if not vim.wait(40000, are_shown, 20) then die('no hints') end
  hints = vim.tbl_map(function(shown) return shown.inlay_hint end, vim.lsp.inlay_hint.get({ bufnr = buf }))
else
  local range = { start = { line = 0, character = 0 }, ['end'] = { line = 1, character = 0 } }
  -- 0.7 sends its settings only when it is told to.
  vim.lsp.get_client_by_id(id).notify('workspace/didChangeConfiguration', { settings = settings })
  local function are_there()
    answer = vim.lsp.buf_request_sync(buf, 'textDocument/inlayHint', { textDocument = document, range = range }, 40000)
    hints = answer and answer[id] and answer[id].result
    return hints
  end
  if not vim.wait(40000, are_there, 100) then die('no hints ' .. vim.inspect(answer)) end
end
table.sort(hints, function(a, b) return a.position.character < b.position.character end)
for _, hint in ipairs(hints) do out('hint at ' .. hint.position.character .. ': ' .. hint.label[1].value) end
-- By the editor's own command, as a user does it.
vim.api.nvim_win_set_cursor(0, { 1, 1 })
vim.lsp.buf.rename('Martin')
local function is_renamed() return vim.api.nvim_buf_get_lines(buf, 0, 1, false)[1]:find('^Martin') ~= nil end
if not vim.wait(40000, is_renamed, 20) then die('not renamed') end
vim.cmd('silent write')
out('OK'); vim.cmd('qall!')
