package main

import "strings"

// exported writes a name of the wire as Go has it: due_at is DueAt, ical_uid ICalUID.
func exported(name string) string {
	var out strings.Builder
	for _, word := range strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' || r == ' ' }) {
		switch word {
		case "id", "url", "uid", "jwks", "api", "tz", "json", "html", "q":
			out.WriteString(strings.ToUpper(word))
		case "ical":
			out.WriteString("ICal")
		case "rrule":
			out.WriteString("RRule")
		default:
			out.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return out.String()
}

// method is the name of the method of an operation.
func method(id string) string { return exported(id) }

// local writes a name as a variable has it.
func local(name string) string {
	switch name {
	case "type":
		return "kind"
	case "import", "func", "range", "map":
		return name + "ID"
	}
	e := exported(name)
	if strings.ToUpper(e) == e {
		return strings.ToLower(e)
	}
	return strings.ToLower(e[:1]) + e[1:]
}
