package auth

import "strings"

// WithSecret gives a token with the secret of another.
func WithSecret(token string, secret []byte) string {
	for _, prefix := range []string{refreshPrefix, personalPrefix} {
		if c, ok := parseCredential(prefix, token); ok && strings.HasPrefix(token, prefix) {
			c.secret = secret
			return c.encode(prefix)
		}
	}
	return ""
}
