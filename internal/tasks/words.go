package tasks

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Search compares texts by their words. A word is a run of letters and digits with neither case nor accents: "É" is "e",
// "ß" is "ss", "ё" is "е", "ﬁ" is "fi". Everything else only stands between words, the marks of Markdown too. Scripts
// that put no space between words give each pair of neighboring characters as a word, and the last character alone.

// maxWord is how many bytes of a word count; two that begin with the same ones are the same.
const maxWord = 96

// Words gives a text's words, each once, in no promised order.
func Words(text string) []string {
	const usual = 6   // bytes from one word to the next
	const short = 300 // bytes, up to which looking through all words is as quick as a map
	var seen map[string]struct{}
	if len(text) > short {
		seen = make(map[string]struct{}, len(text)/usual)
	}
	out := make([]string, 0, len(text)/usual)
	eachWord(text, func(w []byte, from, to int) bool {
		known := false
		if seen != nil {
			_, known = seen[string(w)]
		} else {
			known = slices.Contains(out, string(w))
		}
		if known {
			return true
		}
		word := text[from:to]
		if word != string(w) {
			word = string(w)
		}
		if out = append(out, word); seen != nil {
			seen[word] = struct{}{}
		}
		return true
	})
	return out
}

// eachWord calls yield with each word and the bytes of the text that it stands in, until yield says false. The word is
// valid during the call.
func eachWord(text string, yield func(word []byte, from, to int) bool) {
	var room [2 * maxWord]byte
	w := words{yield: yield, word: room[:0]}
	if isASCII(text) {
		w.ascii(text)
		return
	}
	var it norm.Iter
	it.InitString(norm.NFKD, text)
	for !it.Done() && !w.done {
		from := it.Pos()
		w.segment(it.Next(), from, it.Pos())
	}
	w.end()
}

// words collects the characters of a text into words.
type words struct {
	yield    func([]byte, int, int) bool
	done     bool
	word     []byte
	from, to int

	// in a run without spaces: where the last character begins in word, and in the text
	dense      bool
	last       int
	lastFrom   int
	characters int
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func (w *words) ascii(text string) {
	for i := range len(text) {
		c := text[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		default:
			w.end()
			if w.done {
				return
			}
			continue
		}
		w.letter(c, i)
	}
	w.end()
}

func (w *words) letter(c byte, at int) {
	if len(w.word) == 0 {
		w.from = at
	}
	if w.to = at + 1; len(w.word) < maxWord {
		w.word = append(w.word, c)
	}
}

// segment takes a character with its marks, decomposed.
func (w *words) segment(s []byte, from, to int) {
	first := true
	for len(s) > 0 && !w.done {
		r, n := utf8.DecodeRune(s)
		s = s[n:]
		switch {
		case r == '\u0306' && strings.HasSuffix(string(w.word), "и"): // й is a letter of its own
			w.word = append(w.word[:len(w.word)-len("и")], "й"...)
			w.to = to
		case isAccent(r):
			if len(w.word) > 0 && !first {
				w.to = to
			}
		case isDense(r) || w.dense && unicode.Is(unicode.M, r):
			w.character(r, from, to, first)
		case r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r >= utf8.RuneSelf && unicode.In(r, unicode.L, unicode.N, unicode.M):
			if w.dense {
				w.end()
			}
			if len(w.word) == 0 {
				if unicode.Is(unicode.M, r) {
					continue // a mark on nothing
				}
				w.from = from
			}
			w.to = to
			if len(w.word) < maxWord {
				w.word = appendFolded(w.word, r)
			}
		default:
			w.end()
		}
		first = false
	}
}

// character takes the next one of a run without spaces, or a mark that belongs to the last one.
func (w *words) character(r rune, from, to int, first bool) {
	if !w.dense {
		w.end()
	}
	if w.done {
		return
	}
	if !first && w.dense && unicode.Is(unicode.M, r) {
		w.word, w.to = utf8.AppendRune(w.word, r), to
		return
	}
	w.dense = true
	if w.characters++; w.characters > 2 { // the pair is complete: the next one begins with its second character
		w.give(w.from, w.to)
		w.word = append(w.word[:0], w.word[w.last:]...)
		w.from, w.characters = w.lastFrom, 2
	} else if w.characters == 1 {
		w.from = from
	}
	w.last, w.lastFrom, w.to = len(w.word), from, to
	w.word = appendFolded(w.word, r)
}

func (w *words) give(from, to int) {
	if !w.done && !w.yield(w.word, from, to) {
		w.done = true
	}
}

// end gives the word that has come to its end, if there is one.
func (w *words) end() {
	if len(w.word) > 0 {
		w.give(w.from, w.to)
		if w.dense && w.characters == 2 {
			w.word = append(w.word[:0], w.word[w.last:]...)
			w.give(w.lastFrom, w.to)
		}
	}
	w.word, w.dense, w.characters, w.last = w.word[:0], false, 0, 0
}

// isAccent reports whether a mark says how a letter sounds and not which one it is.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36f, // Latin, Greek, Cyrillic
		0x591 <= r && r <= 0x5bd, 0x5bf <= r && r <= 0x5c7 && r != 0x5c0 && r != 0x5c3 && r != 0x5c6, // Hebrew points
		0x64b <= r && r <= 0x65f, r == 0x670, // Arabic vowels
		0x1ab0 <= r && r <= 0x1aff, 0x1dc0 <= r && r <= 0x1dff, 0x20d0 <= r && r <= 0x20ff, 0xfe20 <= r && r <= 0xfe2f:
		return unicode.Is(unicode.M, r)
	}
	return false
}

// isDense reports whether a character is of a script that puts no space between words.
func isDense(r rune) bool {
	return r >= 0xe00 && (r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo,
		unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)) && unicode.In(r, unicode.L, unicode.M, unicode.N)
}

// appendFolded writes a letter without its case, and those in letters of the alphabet that are drawn from them.
func appendFolded(b []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(b, "ss"...)
	case 'æ':
		return append(b, "ae"...)
	case 'œ':
		return append(b, "oe"...)
	case 'þ':
		return append(b, "th"...)
	case 'ø':
		return append(b, 'o')
	case 'đ', 'ð':
		return append(b, 'd')
	case 'ł':
		return append(b, 'l')
	case 'ħ':
		return append(b, 'h')
	case 'ı':
		return append(b, 'i')
	case 'ς':
		r = 'σ'
	case 'ʼ', 'ˈ': // letters to Unicode, apostrophes to whoever writes them
		return b
	}
	return utf8.AppendRune(b, r)
}
