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

// Hashed is how many passwords the service has hashed: what answers take that must not be told apart by the time.
func (s *Service) Hashed() int64 { return s.hasher.worked.Load() }

// WithGeneration gives a refresh token that says it is of another generation.
func WithGeneration(token string, generation int64) string {
	c, _ := parseCredential(refreshPrefix, token)
	c.generation = generation
	return c.encode(refreshPrefix)
}

// FailureBurst is how many failures in a row are written down for one address.
const FailureBurst = 10
