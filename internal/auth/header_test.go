package auth_test

import (
	"crypto/ed25519"
	"encoding/base64"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// A token's header may name a key, hold one or say where one is (RFC 7515). None of it is believed.
func TestAKeyThatATokenBringsAlongIsNotTrusted(t *testing.T) {
	h := open(t)
	in := h.register("ann@example.org").SignedIn
	mallorys := ed25519.NewKeyFromSeed([]byte("0123456789abcdef0123456789abcdef"))
	x := base64.RawURLEncoding.EncodeToString(mallorys.Public().(ed25519.PublicKey))
	for name, bring := range map[string]func(map[string]any){
		"jwk": func(header map[string]any) {
			header["jwk"] = map[string]any{"kty": "OKP", "crv": "Ed25519", "kid": header["kid"], "x": x}
		},
		"jku":                func(header map[string]any) { header["jku"] = "https://mallory.example/jwks.json" },
		"x5u":                func(header map[string]any) { header["x5u"] = "https://mallory.example/cert.pem" },
		"x5c":                func(header map[string]any) { header["x5c"] = []string{x} },
		"a path for a kid":   func(header map[string]any) { header["kid"] = "../../dev/null" },
		"SQL for a kid":      func(header map[string]any) { header["kid"] = "' UNION SELECT '" + x },
		"a list for a kid":   func(header map[string]any) { header["kid"] = []any{header["kid"]} },
		"a number for a kid": func(header map[string]any) { header["kid"] = 0 },
	} {
		_, err := h.Verify(t.Context(), h.forge(in, func(_ jwt.MapClaims, header map[string]any) (jwt.SigningMethod, any) {
			bring(header)
			return jwt.SigningMethodEdDSA, mallorys
		}))
		refused(t, name, err, "token-invalid")
	}
}
