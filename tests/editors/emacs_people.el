;; The people of a text in Emacs with eglot: FILE says "Mary met John. …". Prints the outline, renames Mary and writes.
;; LSP_SERVER=gru-lint-server emacs -q --batch -l emacs_people.el FILE
(package-initialize)
(require 'eglot) (require 'imenu)
(setq eglot-sync-connect 15 eglot-connect-timeout 30 eglot-events-buffer-size 0 make-backup-files nil create-lockfiles nil)
(let ((file (car command-line-args-left)))
  (setq command-line-args-left nil)
  (find-file file) (text-mode)
  (apply #'eglot (list '(text-mode) (cons 'transient default-directory) 'eglot-lsp-server
                       (split-string (getenv "LSP_SERVER")) "plaintext"))
  (dolist (kind (imenu--make-index-alist))
    (when (consp (cdr kind)) (message "%s: %S" (car kind) (mapcar #'car (cdr kind)))))
  (goto-char 2)
  (eglot-rename "Martin")
  (save-buffer)
  (eglot-shutdown (eglot-current-server))
  (message "OK"))
