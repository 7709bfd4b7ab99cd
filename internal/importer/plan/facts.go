package plan

import "strings"

// Facts writes below a text what Rung has no field for, as a list under a heading that names the source. It may be
// called again with what it gave: the list goes on. The text above keeps its bytes.
func Facts(text, source string, facts ...string) string {
	if len(facts) == 0 {
		return text
	}
	heading := "### From " + source + "\n\n- "
	list := strings.Join(facts, "\n- ")
	switch at := strings.LastIndex(text, heading); {
	case text == "":
		return heading + list
	case (at == 0 || at > 0 && text[at-1] == '\n') && !strings.Contains(text[at+len(heading):], "\n\n"):
		return text + "\n- " + list
	}
	return text + "\n\n" + heading + list
}
