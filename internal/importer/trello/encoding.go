package trello

import (
	"io"
	"unicode/utf8"
)

// utf8Only refuses bytes that are no UTF-8, which the JSON decoder would replace without a word. A character that the
// end of the file cuts off is for the decoder to notice.
type utf8Only struct {
	r    io.Reader
	text []byte // what was read last, behind the beginning of a character that was read before
}

func (u *utf8Only) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	u.text = append(u.text, p[:n]...)
	whole := len(u.text) - begun(u.text)
	if !utf8.Valid(u.text[:whole]) {
		return n, errEncoding
	}
	u.text = append(u.text[:0], u.text[whole:]...)
	return n, err
}

// begun is how many bytes at the end of a text may be the beginning of a character.
func begun(text []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if last := text[len(text)-i:]; utf8.RuneStart(last[0]) {
			if utf8.FullRune(last) {
				return 0
			}
			return i
		}
	}
	return 0
}
