inspection-object-unit = An inspection or supervision of an organisation must say which. Fill in “Organisation looked into”.
inspection-one-object = A row has one object. This one is about an organisation: take the member’s name out and give the member a row of their own.
inspection-head = “Head of a unit” is for members only. Clear it, or change the object to a member.
inspection-remedy = There is a deadline or a day of remedy but nothing to remedy. Fill in “Remedy asked”.
