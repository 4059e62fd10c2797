register-number-needed = An issued document needs its number. Write the number of the register.
register-symbol-shape = The symbol “{ $symbol }” cannot be read. Write it like 12-KH/ĐU: number, dash, abbreviation of the type, slash, abbreviation of the body.
register-symbol-number = The number in the symbol “{ $symbol }” is not the number { $number } of its column. Correct either.
register-symbol-type = The symbol “{ $symbol }” is not that of a document of type “{ $type }”. Correct the type or the symbol.
register-may-not-issue = { $issuer } does not issue documents of type “{ $type }” (399-QĐ/TW, Articles 11 and 13). Check the type or the issuer.
register-secret = A document with a mark of secrecy must not be recorded here. Remove this row and keep it in the office's register of secret documents.
