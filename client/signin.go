package client

import (
	"context"
	"net/http"
	"net/http/cookiejar"
)

// SignIn signs somebody in, as a browser does, and gives a client that acts for her and renews its access token by the
// session's cookie. Programs that run for long are better off with a personal access token. Logout ends the session.
func SignIn(ctx context.Context, base, email, password string, options ...Option) (*Client, SignedIn, error) {
	c, err := New(base, options...)
	if err != nil {
		return nil, SignedIn{}, err
	}
	if c.http.Jar == nil {
		h := *c.http
		if h.Jar, err = cookiejar.New(nil); err != nil {
			return nil, SignedIn{}, err
		}
		c.http = &h
	}
	in, err := c.Login(ctx, LoginRequest{Email: email, Password: password})
	if err != nil {
		return nil, SignedIn{}, err
	}
	c.UseSession(in.AccessToken)
	return c, in, nil
}

// UseSession acts with an access token from here on and renews it by the cookie that the client's http.Client has been
// given with it; that needs a cookie jar.
func (c *Client) UseSession(accessToken string) {
	c.setBearer(accessToken)
	c.refresh = func(ctx context.Context) (string, error) {
		in, err := call[SignedIn](ctx, &Client{base: c.base, http: c.http, agent: c.agent, attempts: c.attempts},
			request{method: http.MethodPost, path: "/auth/refresh", repeat: true}, nil) // within 30 s the same successor comes twice
		return in.AccessToken, err
	}
}
