"""The house style: the page frame, the components every screen is made of, the browser files."""
