package auth

import (
	"strings"
	"testing"

	"github.com/google/uuid"
)

// FuzzCredential: a token that is taken is the only spelling of what it says.
func FuzzCredential(f *testing.F) {
	for _, prefix := range []string{refreshPrefix, personalPrefix, linkPrefix} {
		f.Add(credential{account: uuid.Max, id: uuid.Max, generation: 7, secret: make([]byte, secretBytes)}.encode(prefix))
	}
	f.Add(refreshPrefix + strings.Repeat("_", 96))
	f.Fuzz(func(t *testing.T, token string) {
		for _, prefix := range []string{refreshPrefix, personalPrefix, linkPrefix} {
			c, ok := parseCredential(prefix, token)
			if ok && (c.encode(prefix) != token || c.generation < 0 || len(c.secret) != secretBytes) {
				t.Errorf("%q is taken as %q", token, c.encode(prefix))
			}
		}
	})
}

// FuzzEmail: an address that is taken stays as it is when it is taken again, and nothing of it can end a header.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"ada@example.org", " Ada@EXAMPLE.org ", "a@bücher.test", "a@b.c\r\nBcc: d@e.f", "a@[127.0.0.1]", `"a b"@c.test`, "a@xn--a", "a@b@c.test", "\u202ea@b.test"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		email, ok := NormalizeEmail(s)
		if !ok {
			return
		}
		if again, ok := NormalizeEmail(email); !ok || again != email {
			t.Errorf("%q became %q, and then %q", s, email, again)
		}
		if len(email) > 254 || strings.ContainsFunc(email, func(r rune) bool { return r <= ' ' || r >= 0x7f || r == '<' || r == ',' }) {
			t.Errorf("%q became %q", s, email)
		}
	})
}
