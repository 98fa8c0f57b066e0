" Renames Mary in a FILE that says "Mary met John. …", by ALE's own command, and writes.
" OUT=absolute/out.txt LSP_SERVER=gru-lint-server script -qec "vim -N -u vim_ale.vimrc -S vim_ale_people.vim FILE" /dev/null </dev/null
call cursor(1, 2)
call feedkeys("\<C-u>Martin\<CR>", 't')
ALERename
let s:i = 0
while getline(1) !~# '^Martin' && s:i < 400 | sleep 50m | let s:i += 1 | endwhile
call writefile([getline(1)], $OUT)
ALEStopAllLSPs
silent write
qall!
