package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/rung-app/rung/internal/fault"
)

// Client calls a server's API as the owner of a token. What a server refuses comes back as the fault that it was there.
type Client struct {
	base  string
	token string
	http  *http.Client
}

// NewClient makes a client of the server at base, such as https://rung.example.com, which may have a path.
func NewClient(base, token string, h *http.Client) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.RawQuery != "" || u.Fragment != "" {
		return nil, fault.InvalidField("url", "must be an address such as https://rung.example.com")
	}
	return &Client{base: strings.TrimSuffix(base, "/") + Prefix, token: token, http: h}, nil
}

// maxAnswer bounds what is read of an answer.
const maxAnswer = 64 << 20

// call sends a request and decodes the answer's JSON into into, unless that is nil.
func (c *Client) call(ctx context.Context, method, path, contentType string, body io.Reader, into any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return fmt.Errorf("call %s: %w", path, err)
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	req.Header.Set("Accept", "application/json")
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return unreachable(ctx, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusMultipleChoices {
		return DecodeProblem(resp)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil {
		return unreachable(ctx, err)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(bytes.TrimSpace(answer), into); err != nil {
		return fault.New(fault.KindUnavailable, "unexpected-answer", "The server's answer can't be read; is this the address of a Rung server?").With(err)
	}
	return nil
}

// unreachable says that no whole answer came.
func unreachable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	detail := "The server can't be reached; is the address right, and does it run?"
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		detail = "There is no server of that name; is the address right?"
	}
	return fault.New(fault.KindUnavailable, "unreachable", detail).With(err)
}

// WorkspaceRef names a workspace.
type WorkspaceRef struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Slug string `json:"slug"`
}

// Workspaces gives the first 200 workspaces that the token's owner is a member of.
func (c *Client) Workspaces(ctx context.Context) ([]WorkspaceRef, error) {
	var page struct {
		Items []WorkspaceRef `json:"items"`
	}
	err := c.call(ctx, http.MethodGet, "/workspaces?limit=200", "", nil, &page)
	return page.Items, err
}
