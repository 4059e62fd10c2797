discipline-object-unit = Discipline of an organisation must say which. Fill in “Organisation”.
discipline-one-object = A row has one object. This one is about an organisation: take the member’s name out and give the member a row of their own.
discipline-form = The object chosen cannot be given this form. By { $source } the forms are: { $forms_en }. Choose another form or object.
