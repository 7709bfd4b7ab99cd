// Package text holds the rules of the texts that people write, once for all domains: what stands in one line (titles,
// names, colors, addresses) and what is a body (Markdown). A text that breaks a rule is refused and never rewritten;
// only importers, which can't ask anybody, make theirs fit. docs/decisions/texts.md says why the rules are these.
package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What is said of texts that are refused.
const (
	wrongEncoding = "must be text in UTF-8"
	notOneLine    = "must be plain text in one line"
	turnsAround   = "has invisible characters that change the order in which it is read"
	unseen        = "has characters that nobody can see"
	noCharacter   = "has code points that are no characters"
	controls      = "has control characters other than tabs and line breaks"
	empty         = "must not be empty"
)

// Line says what is wrong with a text that stands in one line, "" if nothing is. It is UTF-8 without control characters
// and line breaks. What spoofs is refused: embeddings and overrides of direction, isolates that are not closed, tags
// outside of flags, and the invisible characters that no language or emoji needs. Joiners, direction marks, soft hyphens
// and variation selectors are part of how people write. An empty line is one, too.
func Line(s string) (why string) {
	if plain(s) {
		return ""
	}
	if !utf8.ValidString(s) {
		return wrongEncoding
	}
	open, flag := 0, false // isolates that are open; whether a flag is being spelled in tags
	for _, r := range s {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return notOneLine
		case r >= '\u202a' && r <= '\u202e':
			return turnsAround
		case r >= '\u2066' && r <= '\u2068':
			open++
		case r == '\u2069':
			if open--; open < 0 {
				return turnsAround
			}
		case isTag(r):
			if !flag {
				return unseen
			}
		case isUnseen(r):
			return unseen
		case isNoCharacter(r):
			return noCharacter
		}
		flag = r == blackFlag || flag && isTag(r) && r != cancelTag
	}
	if open > 0 {
		return turnsAround
	}
	return ""
}

// Body says what is wrong with a text of many lines, "" if nothing is. Its bytes are kept, so that all of Unicode is
// taken but control characters; tabs and line breaks are none here.
func Body(s string) (why string) {
	switch {
	case plain(s):
		return ""
	case !utf8.ValidString(s):
		return wrongEncoding
	case strings.ContainsFunc(s, isControl):
		return controls
	}
	return ""
}

// Name is Line for what must be seen and may have most characters: it is given without the blanks around it.
func Name(s string, most int) (clean, why string) {
	clean = strings.TrimSpace(s)
	why = Title(clean, most)
	if why != "" {
		clean = ""
	}
	return clean, why
}

// Title is Name for a text whose blanks are kept.
func Title(s string, most int) (why string) {
	if why := Line(s); why != "" {
		return why
	}
	switch {
	case !Visible(s):
		return empty
	case utf8.RuneCountInString(s) > most:
		return fmt.Sprintf("can have at most %d characters", most)
	}
	return ""
}

// Visible reports whether there is something to be seen: a letter, a digit, a sign.
func Visible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Co) && !isFiller(r)
	})
}

// Fold makes equal the names that people take for the same: it drops case, width, extra blanks and what can't be seen.
func Fold(s string) string {
	seen := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || isFiller(r) || isUnseen(r) || isNoCharacter(r) {
			return -1
		}
		return r
	}, s)
	return cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(seen), " ")))
}

// plain reports whether all of s is printable ASCII, as most texts are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func isControl(r rune) bool { return unicode.IsControl(r) && r != '\t' && r != '\n' && r != '\r' }

// A flag such as Scotland's is a black flag, the region in tags, and the tag that ends it (UTS 51). Elsewhere tags are
// letters that only programs read.
const (
	blackFlag = '\U0001F3F4'
	cancelTag = '\U000E007F'
)

func isTag(r rune) bool { return r >= '\U000E0020' && r <= cancelTag }

// isUnseen knows invisible characters that no text needs: operators, deprecated formats, annotations, a byte order mark
// inside of a text.
func isUnseen(r rune) bool {
	return r >= '\u2060' && r <= '\u2064' || r >= '\u206a' && r <= '\u206f' || r == '\ufeff' ||
		r >= '\ufff9' && r <= '\ufffb' || r >= '\U000E0000' && r <= '\U000E001F' || r >= '\U000E0080' && r <= '\U000E00FF'
}

func isNoCharacter(r rune) bool { return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef }

// isFiller knows letters and signs that look like nothing.
func isFiller(r rune) bool {
	return r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0' || r == '\u2800'
}
