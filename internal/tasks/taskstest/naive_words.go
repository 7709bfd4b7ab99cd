package taskstest

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// hasWords says whether texts have all words of a question, the last one as a beginning; none is had by no text.
func hasWords(question string, texts ...string) bool {
	asked := plainWords(question)
	var have []string
	for _, t := range texts {
		have = append(have, plainWords(t)...)
	}
	for i, word := range asked {
		last, characters := i == len(asked)-1, []rune(word)
		found := slices.ContainsFunc(have, func(w string) bool {
			if characters[0] >= 0x4e00 { // no spaces stand between these: what is asked for may stand anywhere
				return strings.Contains(w, word)
			}
			return w == word || last && strings.HasPrefix(w, word)
		})
		if !found {
			return false
		}
	}
	return len(asked) > 0
}

// plainWords are a text's words without accents and case.
func plainWords(text string) []string {
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(text))
	bare = strings.ReplaceAll(strings.ToLower(bare), "ß", "ss")
	return strings.FieldsFunc(bare, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
