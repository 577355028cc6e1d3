"""Web pages for people: one file each, that ask nobody for anything and read well everywhere."""
