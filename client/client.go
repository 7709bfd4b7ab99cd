// Package client lets programs in Go use a Rung server.
//
// A [Client] is made with the server's address and a token. It calls what is not of a workspace; what is, the
// [WorkspaceClient] calls that [Client.Workspace] gives. There is a method for every operation of the API, and for every
// list another one that goes through all its pages:
//
//	c, err := client.New("https://rung.example.com", client.WithToken("rung_pat_…"))
//	…
//	acme := c.Workspace("acme")
//	task, err := acme.CreateTask(ctx, client.NewTask{Project: project, Title: "Bake a cake"})
//	…
//	for task, err := range acme.Tasks(ctx, client.ListTasksParams{Assignee: []string{"me"}}) {
//		…
//	}
//
// What a server refuses is an [*Error]. Requests that may be sent twice, as nearly all of Rung's may, are sent again
// when the network or the server fails for a moment: what is created gets its id here, so that it is created once.
//
// Fields, enum members, event types and error codes that a newer server has and this package does not know are ignored,
// and so must programs do that use it.
package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const prefix = "/api/v1"

// Client calls a server. It is safe for concurrent use.
type Client struct {
	base     string // of the server, without a slash at its end
	http     *http.Client
	agent    string
	attempts int

	refresh    func(context.Context) (string, error)
	refreshing sync.Mutex // one at a time

	mu    sync.Mutex
	token string
}

// Option says how a Client works.
type Option func(*Client)

// WithToken sends a personal access token or an access token with every request.
func WithToken(token string) Option { return func(c *Client) { c.token = token } }

// WithRefresh asks for another token when the server says that the present one is not valid any more; the request is
// then sent once more. Calls that fail at the same time wait for one answer.
func WithRefresh(next func(context.Context) (token string, err error)) Option {
	return func(c *Client) { c.refresh = next }
}

// WithHTTP uses another http.Client than the default one. One with a Timeout ends streams when it has passed.
func WithHTTP(h *http.Client) Option { return func(c *Client) { c.http = h } }

// WithAttempts says how often a request is sent at most, if it may be sent twice: 4 times without this; 1 is never
// again.
func WithAttempts(n int) Option { return func(c *Client) { c.attempts = max(1, n) } }

// WithUserAgent says what the program calls itself.
func WithUserAgent(agent string) Option { return func(c *Client) { c.agent = agent } }

// New makes a client of the server at base, such as https://rung.example.com, which may have a path. Nothing is sent
// yet.
func New(base string, options ...Option) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return nil, errors.New("client: the address of a server is one such as https://rung.example.com")
	}
	c := &Client{base: strings.TrimRight(base, "/"), http: http.DefaultClient, agent: "rung-client", attempts: 4}
	for _, o := range options {
		o(c)
	}
	return c, nil
}

// WorkspaceClient calls what is of one workspace.
type WorkspaceClient struct {
	c    *Client
	path string
}

// Workspace gives the client of the workspace with this id or slug. Whether there is one, its calls tell.
func (c *Client) Workspace(idOrSlug string) *WorkspaceClient {
	return &WorkspaceClient{c, pathf("/workspaces/%s", idOrSlug)}
}

// bearer gives the token that requests carry, "" for none.
func (c *Client) bearer() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.token
}

func (c *Client) setBearer(token string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.token = token
}

// renew gets the token that comes after one that was refused. Somebody else may have done so meanwhile.
func (c *Client) renew(ctx context.Context, refused string) error {
	c.refreshing.Lock()
	defer c.refreshing.Unlock()
	if c.bearer() != refused {
		return nil
	}
	next, err := c.refresh(ctx)
	if err == nil {
		c.setBearer(next)
	}
	return err
}

// sleep waits, or tells why the caller does not want to any more.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
