figures-x = x
