package gateway

import (
	"net/http"
	"slices"
)

// protect sets the headers that every answer has. A handler may replace the policy, which lets nothing be loaded.
func (g *Gateway) protect(h http.Header) {
	h["X-Content-Type-Options"] = nosniff[:]
	h["Referrer-Policy"] = noReferrer[:]
	h["Content-Security-Policy"] = nothing[:]
	h["Cross-Origin-Opener-Policy"] = sameOrigin[:]
	h["Cross-Origin-Resource-Policy"] = sameOrigin[:]
	if len(g.Origins) > 0 { // a web app that is served elsewhere shows images from here
		h["Cross-Origin-Resource-Policy"] = crossOrigin[:]
	}
	if g.Secure {
		h["Strict-Transport-Security"] = oneYear[:]
	}
}

// Values of headers, made once: they are set on every answer.
var (
	nosniff     = [1]string{"nosniff"}
	noReferrer  = [1]string{"no-referrer"}
	nothing     = [1]string{"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"}
	sameOrigin  = [1]string{"same-origin"}
	crossOrigin = [1]string{"cross-origin"}
	oneYear     = [1]string{"max-age=31536000"}
	byEncoding  = [1]string{"Accept-Encoding"}
)

// preflight answers for web apps of other origins, as the Fetch standard has it; it reports true if that was all that
// was asked. Credentials are allowed for the origins that the operator named and for no others.
func (g *Gateway) preflight(w http.ResponseWriter, r *http.Request) bool {
	if len(g.Origins) == 0 {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	if origin == "" || !slices.Contains(g.Origins, origin) {
		return false
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Allow-Credentials", "true")
	h.Set("Access-Control-Expose-Headers", "ETag, Rung-Seq, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id, Location")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, Last-Event-ID, Rung-Base-Version")
	h.Set("Access-Control-Max-Age", "7200")
	w.WriteHeader(http.StatusNoContent)
	return true
}
