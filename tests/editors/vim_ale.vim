" OUT=absolute/out.txt EXPECT="his wife" LSP_SERVER=gru-lint-server script -qec "vim -N -u vim_ale.vimrc -S vim_ale.vim FILE" /dev/null </dev/null
function! Out(m) abort
  call writefile([a:m], $OUT, 'a')
endfunction
let s:t = reltime()
ALELint
let s:i = 0
while len(ale#engine#GetLoclist(bufnr(''))) == 0 && s:i < 400 | sleep 50m | let s:i += 1 | endwhile
call Out('loclist after ' . string(float2nr(reltimefloat(reltime(s:t))*1000)) . ' ms: ' . string(map(copy(ale#engine#GetLoclist(bufnr(''))), {_, d -> [d.lnum, d.col, get(d,'end_col',0), get(d,'code',''), d.text]})))
call cursor(1, 17)
call feedkeys("1\<CR>", 't')
ALECodeAction
let s:i = 0
while getline(1) !~# $EXPECT && s:i < 200 | sleep 50m | let s:i += 1 | endwhile
call Out('line1: ' . getline(1))
ALEStopAllLSPs
silent write
qall!
