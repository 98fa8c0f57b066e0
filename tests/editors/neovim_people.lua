-- The people of a text in Neovim 0.7 .. 0.11: FILE says "Mary met John. …". Prints the outline, renames Mary and writes.
-- LSP_SERVER='gru-lint-server' nvim --clean --headless -n FILE -c 'luafile neovim_people.lua' -c 'cquit 3'
local cmd = vim.split(os.getenv('LSP_SERVER'), ' ')
local buf = vim.api.nvim_get_current_buf()
local function out(s) io.stdout:write(s .. '\n') end
local function die(s) out('FAIL ' .. s); vim.cmd('cquit 1') end
local options = { name = 'lsp', cmd = cmd, root_dir = vim.fn.getcwd() }
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
-- By the editor's own command, as a user does it.
vim.api.nvim_win_set_cursor(0, { 1, 1 })
vim.lsp.buf.rename('Martin')
local function is_renamed() return vim.api.nvim_buf_get_lines(buf, 0, 1, false)[1]:find('^Martin') ~= nil end
if not vim.wait(40000, is_renamed, 20) then die('not renamed') end
vim.cmd('silent write')
out('OK'); vim.cmd('qall!')
