package tasks

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Term is a word that a text must have, or with Prefix the beginning of one.
type Term struct {
	Word   string
	Prefix bool
}

// Terms are what a text must have, all of it. None is had by no text.
type Terms []Term

// maxTerms is how many words of a question count.
const maxTerms = 16

// TermsOf reads what somebody has typed: every word in it must be found, the last one may still be going on. Nothing in
// it has a meaning but its words. Words behind the 16th do not count.
func TermsOf(text string) Terms {
	var out Terms
	end := 0
	eachWord(text, func(w []byte, from, to int) bool {
		overlaps := from < end // the end of a run without spaces, which the pair before holds
		end = to
		if overlaps && alone(w) {
			return true
		}
		word := string(w)
		dense := isDense(firstRune(w))
		out = append(out, Term{Word: word, Prefix: dense && alone(w)})
		return len(out) < maxTerms+1
	})
	if len(out) > maxTerms {
		out = out[:maxTerms]
	} else if n := len(out); n > 0 && !isDense(firstRune([]byte(out[n-1].Word))) {
		out[n-1].Prefix = true
	}
	return out.withoutRepeats()
}

// String writes terms so that ParseTerms reads them: no word has a space or a star in it.
func (t Terms) String() string {
	words := make([]string, len(t))
	for i := range t {
		if words[i] = t[i].Word; t[i].Prefix {
			words[i] += "*"
		}
	}
	return strings.Join(words, " ")
}

// ParseTerms reads what String wrote.
func ParseTerms(s string) Terms {
	out := Terms{}
	for w := range strings.FieldsSeq(s) {
		word, prefix := strings.CutSuffix(w, "*")
		out = append(out, Term{Word: word, Prefix: prefix})
	}
	return out
}

// withoutRepeats drops the terms that another one says already.
func (t Terms) withoutRepeats() Terms {
	var out Terms
	for i, a := range t {
		said := slices.ContainsFunc(t[:i], func(b Term) bool { return a == b }) ||
			a.Prefix && slices.ContainsFunc(t, func(b Term) bool { return !b.Prefix && strings.HasPrefix(b.Word, a.Word) })
		if !said {
			out = append(out, a)
		}
	}
	return out
}

func firstRune(w []byte) rune {
	r, _ := utf8.DecodeRune(w)
	return r
}

// alone reports whether a word of a script without spaces is one character.
func alone(w []byte) bool {
	r, n := utf8.DecodeRune(w)
	if !isDense(r) {
		return false
	}
	for _, r := range string(w[n:]) {
		if isDense(r) {
			return false
		}
	}
	return true
}

// is reports whether a word is the one meant.
func (t Term) is(word []byte) bool {
	if t.Prefix {
		return len(word) >= len(t.Word) && string(word[:len(t.Word)]) == t.Word
	}
	return string(word) == t.Word
}

// In reports whether the texts together have all of the terms.
func (t Terms) In(texts ...string) bool {
	return len(t) > 0 && t.found(texts...) == 1<<len(t)-1
}

// found gives a bit for each term that the texts have.
func (t Terms) found(texts ...string) (bits int) {
	all := 1<<len(t) - 1
	for _, text := range texts {
		eachWord(text, func(w []byte, _, _ int) bool {
			for i := range t {
				if bits&(1<<i) == 0 && t[i].is(w) {
					bits |= 1 << i
				}
			}
			return bits != all
		})
		if bits == all {
			break
		}
	}
	return bits
}
