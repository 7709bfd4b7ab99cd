package api

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// The names of the cookie with the refresh token. Where people reach Rung over https, browsers take it under such a name
// from this host alone: neither another below the same domain nor somebody in the network can put one in its place.
// Below a path the cookie is for that path, which the stricter of the two prefixes does not allow.
const (
	refreshCookie     = "rung_refresh"
	refreshOfTheHost  = "__Host-" + refreshCookie
	refreshOfThePath  = "__Secure-" + refreshCookie
	pathOfTheHost     = "/"
	pathOfRefreshCall = Prefix + "/auth"
)

// cookies gives out the one cookie that Rung has, and decides from where it may be used.
type cookies struct {
	name    string
	path    string
	secure  bool
	own     string   // the origin of the public address, empty for none
	origins []string // of web apps that are served elsewhere
	foreign *http.CrossOriginProtection
	now     func() time.Time
}

func (a *API) cookies() cookies {
	c := cookies{
		name: refreshCookie, path: a.BasePath + pathOfRefreshCall, secure: strings.HasPrefix(a.PublicURL, "https://"),
		origins: a.Origins, foreign: http.NewCrossOriginProtection(), now: a.Now,
	}
	switch {
	case c.secure && a.BasePath == "":
		c.name, c.path = refreshOfTheHost, pathOfTheHost
	case c.secure:
		c.name = refreshOfThePath
	}
	if u, err := url.Parse(a.PublicURL); err == nil && u.Host != "" {
		c.own = u.Scheme + "://" + u.Host
	}
	return c
}

// guard refuses what another site makes a browser send: the cookie would go with it. What is no browser sends neither
// of the headers that tell, and is let through.
func (c cookies) guard(r *http.Request) error {
	if origin := r.Header.Get("Origin"); origin != "" && (origin == c.own || slices.Contains(c.origins, origin)) {
		return nil
	}
	if err := c.foreign.Check(r); err != nil {
		return fault.New(fault.KindForbidden, "cross-origin", "This can't be asked for by the page of another site.").With(err)
	}
	return nil
}

// cookie makes the cookie for whoever asks. Lax is enough where the web app and the API are one site; a web app on
// another site, which the operator has named, can only be given one that is meant for being sent along there.
func (c cookies) cookie(r *http.Request, value string, expires time.Time) string {
	k := http.Cookie{
		Name: c.name, Value: value, Path: c.path, HttpOnly: true, Secure: c.secure, SameSite: http.SameSiteLaxMode,
		Expires: expires.UTC(), MaxAge: int(expires.Sub(c.now()).Seconds()),
	}
	if k.MaxAge <= 0 {
		k.MaxAge = -1
	}
	if origin := r.Header.Get("Origin"); origin != "" && origin != c.own && slices.Contains(c.origins, origin) {
		k.SameSite, k.Secure, k.Partitioned = http.SameSiteNoneMode, true, true
	}
	return k.String()
}

// token gives the refresh token that a request brings, under the one name that counts here.
func (c cookies) token(in *RefreshCookie) string {
	switch c.name {
	case refreshOfTheHost:
		return in.OfTheHost
	case refreshOfThePath:
		return in.OfThePath
	default:
		return in.Plain
	}
}

// set puts a refresh token into the answer's cookie.
func (c cookies) set(call *Call, token string, expires time.Time) {
	call.response.Add("Set-Cookie", c.cookie(call.request, token, expires))
}

// clear takes the cookie away.
func (c cookies) clear(call *Call) {
	call.response.Add("Set-Cookie", c.cookie(call.request, "", time.Unix(1, 0)))
}
