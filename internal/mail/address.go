package mail

import (
	"net/mail"
	"strings"

	"golang.org/x/net/idna"
)

const maxEmail = 254 // RFC 5321 leaves that much between the angle brackets

// NormalizeAddress gives the one spelling under which an address is kept and compared: trimmed, in lower case, the domain
// in its ASCII form. It reports false for what is not an address that mail can be sent to over the internet.
func NormalizeAddress(s string) (string, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at > 64 || len(s) > 4*maxEmail {
		return "", false
	}
	domain, err := idna.Lookup.ToASCII(s[at+1:])
	if err != nil || strings.Trim(domain, "0123456789.") == "" {
		return "", false
	}
	local := s[:at]
	if strings.ContainsFunc(local, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),:;<>@[\]`, r) }) {
		return "", false // also quoted forms: RFC 5321 itself advises against them
	}
	email := local + "@" + domain
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > maxEmail {
		return "", false
	}
	return email, true
}
