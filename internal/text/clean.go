package text

import (
	"strings"
	"unicode"
)

// CleanLine makes a text fit for Line: what it refuses is left out, and blanks and control characters become one blank
// each run. It may give an empty text.
func CleanLine(s string) string {
	if plain(s) && !strings.Contains(s, "  ") && strings.TrimSpace(s) == s {
		return s
	}
	s = strings.ToValidUTF8(s, "\ufffd")
	if s = oneLine(s); Line(s) == "" {
		return s
	}
	return oneLine(strings.Map(func(r rune) rune {
		if r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' || isTag(r) || isUnseen(r) || isNoCharacter(r) {
			return -1
		}
		return r
	}, s))
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// CleanBody makes a text fit for Body: control characters are left out, and bytes that are no UTF-8 are marked.
func CleanBody(s string) string {
	if Body(s) == "" {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
