overview-home = Home
overview-units = Units
