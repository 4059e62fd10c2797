store-locked = The database is busy because another program is writing. Wait a moment and try again; nothing was changed.
store-full = The disk is full, so nothing could be written and nothing was changed. Free some space and try again.
store-not-database = { $place } is not a Nền Nếp database, or it is damaged. Choose another file or restore a backup.
store-unreachable = The database { $place } could not be opened. Check the path, the permissions, or the PostgreSQL server.
store-read-only = The database may only be read. Check that the folder may be written to.
store-newer = The database was made by a newer Nền Nếp ({ $feature } { $version }). Use a newer program.
store-conflict = This already exists or is used elsewhere, so it was not written ({ $detail }).
store-defect = The program asked the database something wrong; nothing was changed. Tell whoever looks after it, with the log.
