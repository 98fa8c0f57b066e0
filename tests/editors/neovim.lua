-- A headless LSP session in Neovim 0.7 .. 0.11: FILE must hold two findings.
-- LSP_SERVER='gru-lint-server' nvim --clean --headless -n FILE -c 'luafile neovim.lua' -c 'cquit 3'
local cmd = vim.split(os.getenv('LSP_SERVER'), ' ')   -- e.g. LSP_SERVER='gru-lint-server'
local buf = vim.api.nvim_get_current_buf()
local function out(s) io.stdout:write(s .. '\n') end
local function die(s) out('FAIL ' .. s); vim.cmd('cquit 1') end
local start = vim.loop.hrtime()
local id
if vim.lsp.start then      -- 0.8+
  id = vim.lsp.start({ name = 'lsp', cmd = cmd, root_dir = vim.fn.getcwd() }, { bufnr = buf })
else                       -- 0.7
  id = vim.lsp.start_client({ name = 'lsp', cmd = cmd, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(buf, id)
end
if not vim.wait(20000, function() return #vim.diagnostic.get(buf) > 0 end, 20) then die('no diagnostics') end
out(('diagnostics after %.0f ms'):format((vim.loop.hrtime() - start) / 1e6))
for _, d in ipairs(vim.diagnostic.get(buf)) do
  out(('%d:%d-%d:%d %s %s: %s'):format(d.lnum, d.col, d.end_lnum, d.end_col, d.source, tostring(d.code), d.message))
end
local client = vim.lsp.get_client_by_id(id)
out('pull diagnostics in client caps: ' .. tostring(vim.lsp.protocol.make_client_capabilities().textDocument.diagnostic ~= nil))
-- code action at the first diagnostic
local d = vim.diagnostic.get(buf)[1]
local params = { textDocument = vim.lsp.util.make_text_document_params(buf),
  range = { start = { line = d.lnum, character = d.col }, ['end'] = { line = d.end_lnum, character = d.end_col } },
  context = { diagnostics = { d.user_data.lsp and d.user_data.lsp.range and d.user_data.lsp or {
      range = { start = { line = d.lnum, character = d.col }, ['end'] = { line = d.end_lnum, character = d.end_col } },
      message = d.message, source = d.source, code = d.code, severity = d.severity } } } }
local res = vim.lsp.buf_request_sync(buf, 'textDocument/codeAction', params, 5000)
local action = res and res[id] and res[id].result and res[id].result[1]
-- What is asked at a place: hover, definition, and the chain of mentions.
local here = { textDocument = params.textDocument, position = params.range.start }
for _, method in ipairs({ 'hover', 'definition', 'documentHighlight' }) do
  local answer = vim.lsp.buf_request_sync(buf, 'textDocument/' .. method, here, 5000)
  if not (answer and answer[id] and answer[id].result) then die(method .. ' has no answer ' .. vim.inspect(answer)) end
  out(method .. ' answered')
end
if not action then die('no action ' .. vim.inspect(res)) end
out('action: ' .. action.title)
if not action.edit then    -- where the client can ask for it, it comes when the action is chosen
  local resolved = vim.lsp.buf_request_sync(buf, 'codeAction/resolve', action, 5000)
  action = resolved and resolved[id] and resolved[id].result or action
end
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding or 'utf-16')
if not vim.wait(10000, function() return #vim.diagnostic.get(buf) == 1 end, 20) then die('diagnostic did not go away') end
-- and through the UI function, at the second one (auto-apply when there is a single action: 0.8+)
if vim.fn.has('nvim-0.8') == 1 then
  local d2 = vim.diagnostic.get(buf)[1]
  vim.api.nvim_win_set_cursor(0, { d2.lnum + 1, d2.col })
  vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.isPreferred end })
  if not vim.wait(10000, function() return #vim.diagnostic.get(buf) == 0 end, 20) then die('2nd diagnostic did not go away') end
end
vim.cmd('silent write')
out('LINES ' .. vim.inspect(vim.api.nvim_buf_get_lines(buf, 0, -1, false)))
if client.stop and vim.fn.has('nvim-0.11') == 1 then client:stop() else client.stop() end
vim.wait(3000, function() return vim.lsp.get_client_by_id(id) == nil end, 20)
out('OK'); vim.cmd('qall!')
