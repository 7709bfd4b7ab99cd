package tasks

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of a file's name, in bytes: what file systems take.
const (
	maxFileName  = 255
	maxExtension = 20
)

// noName is what a file is called whose name has nothing left that can be shown.
const noName = "file"

// fileName makes the name that a client gives a file safe to be shown and to be saved under: no path, one line, nothing
// that can't be seen or that turns the reading direction, so that what looks like the end of it is the end of it.
func fileName(name string) string {
	name = strings.ToValidUTF8(name, "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = norm.NFC.String(strings.Map(visible, name))
	name = strings.TrimSpace(strings.TrimRight(name, ". "))
	if strings.Trim(name, ". ") == "" {
		return noName
	}
	return cutName(name)
}

// visible drops control and format characters, save the two that join letters and emoji, and makes every space a plain
// one.
func visible(r rune) rune {
	const joiner, nonJoiner = '\u200d', '\u200c'
	switch {
	case r == joiner || r == nonJoiner:
		return r
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), r == utf8.RuneError:
		return -1
	case unicode.IsSpace(r): // line and paragraph separators too
		return ' '
	}
	return r
}

// cutName shortens a name in front of its extension.
func cutName(name string) string {
	if len(name) <= maxFileName {
		return name
	}
	stem, ext := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= maxExtension {
		stem, ext = name[:i], name[i:]
	}
	stem = strings.ToValidUTF8(stem[:maxFileName-len(ext)], "")
	return strings.TrimRight(stem, ". ") + ext
}
