package users

import (
	"crypto/rand"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"github.com/rung-app/rung/internal/text"
)

const maxName = 100 // characters

// cleanName trims a name of a person or workspace and says what is wrong with it, "" if nothing is.
func cleanName(name string) (clean, why string) { return text.Name(name, maxName) }

var slugShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$`)

// checkSlug says what is wrong with a slug, "" if nothing is.
func checkSlug(slug string) (why string) {
	if !slugShape.MatchString(slug) {
		return "must be 2 to 40 lower-case letters, digits and hyphens, with a letter or digit at both ends"
	}
	if _, err := uuid.Parse(slug); err == nil {
		return "must not look like an id"
	}
	if slices.Contains(reservedSlugs(), slug) {
		return "is reserved"
	}
	return ""
}

// reservedSlugs are first segments of addresses that the web app or the server uses, or may come to use, itself.
func reservedSlugs() []string {
	return []string{
		"about", "account", "admin", "api", "app", "assets", "auth", "billing", "blog", "changelog", "dashboard",
		"docs", "download", "events", "export", "favicon", "files", "forgot", "health", "help", "home", "inbox",
		"import", "imports", "invitations", "invite", "legal", "livez", "login", "logout", "mail", "me", "metrics",
		"new", "notifications", "null", "oauth", "privacy", "public", "readyz", "register", "reset", "robots", "root",
		"rung", "search", "security", "settings", "setup", "sign-in", "sign-up", "signin", "signup", "sso", "static",
		"status", "support", "system", "terms", "trash", "undefined", "user", "users", "verify", "webhooks",
		"well-known", "workspace", "workspaces", "www",
	}
}

// slugsFor gives slugs made from a name, the nicest first; the last ones are random enough to be free.
func slugsFor(name string) []string {
	base := slugOf(name)
	if len(base) < 2 {
		base = "team"
	}
	all := []string{base, base + "-2", base + "-3", base + "-4"}
	for _, n := range []int{4, 8, 12} {
		all = append(all, base+"-"+strings.ToLower(rand.Text()[:n]))
	}
	return slices.DeleteFunc(all, func(s string) bool { return checkSlug(s) != "" })
}

// maxBase leaves room for what slugsFor appends.
const maxBase = 27

// slugOf writes a name in the letters of slugs: accents fall off, what has no Latin form becomes a hyphen.
func slugOf(name string) string {
	latin := strings.NewReplacer("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")
	var b strings.Builder
	for _, r := range norm.NFKD.String(latin.Replace(strings.ToLower(name))) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’': // an accent, or as in "Ada's"
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == maxBase {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
