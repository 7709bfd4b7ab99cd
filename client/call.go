package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// request is a call of an operation.
type request struct {
	method, path string
	root         bool // the path stands beside the API
	query        url.Values
	body         any // sent as JSON of contentType
	contentType  string
	form         *form
	asItIs       bool // the answer is not to be compressed on its way
	repeat       bool // it may be sent again if it is not known what came of the first time
	accept       string
	lastEvent    string
}

// CallOption says something about one call.
type CallOption func(*callOptions)

type callOptions struct {
	header  http.Header
	meta    *Meta
	guarded bool // a condition: sent again after it was done, it would be refused
	once    bool
}

// IfMatch makes a change only if the thing still has this version; else it is refused as 412, which is ErrStale.
func IfMatch(version int64) CallOption {
	return func(o *callOptions) {
		o.header.Set("If-Match", `"`+strconv.FormatInt(version, 10)+`"`)
		o.guarded = true
	}
}

// BaseVersion makes a change unless a field of it has changed since this version; then it is refused as 412, which is
// ErrStale, and Error.Conflicts tells which fields.
func BaseVersion(version int64) CallOption {
	return func(o *callOptions) {
		o.header.Set("Rung-Base-Version", strconv.FormatInt(version, 10))
		o.guarded = true
	}
}

// IfNoneMatch asks for what has another ETag (see Meta) only; ErrNotModified says that there is nothing new.
func IfNoneMatch(etag string) CallOption {
	return func(o *callOptions) { o.header.Set("If-None-Match", etag) }
}

// Once never sends the request a second time.
func Once() CallOption { return func(o *callOptions) { o.once = true } }

// WithMeta fills m with what the answer says beside its body; of a refusal too.
func WithMeta(m *Meta) CallOption { return func(o *callOptions) { o.meta = m } }

// Meta is what an answer says beside its body.
type Meta struct {
	Status    int    // of HTTP: 201 if something was made, 200 if the same request had made it before
	ETag      string // for IfNoneMatch
	Seq       string // the point of the workspace's history that the answer is of, as EPOCH-SEQ
	RequestID string // under which the server's log knows the request
	Header    http.Header
}

// ErrNotModified says that there is nothing new since the ETag that was named with IfNoneMatch.
var ErrNotModified = errors.New("client: there is nothing new")

// maxAnswer bounds what is read of an answer, maxProblem of one that says no; in bytes.
const (
	maxAnswer  = 64 << 20
	maxProblem = 1 << 20
)

// call sends a request and decodes the JSON that answers it.
func call[T any](ctx context.Context, c *Client, r request, o []CallOption) (T, error) {
	var out T
	answer, err := c.exchange(ctx, r, o)
	if err != nil {
		return out, err
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		var zero T
		return zero, fmt.Errorf("client: %s %s: %w", r.method, r.path, errUnreadable(err))
	}
	return out, nil
}

// callEmpty sends a request whose answer has nothing in it.
func callEmpty(ctx context.Context, c *Client, r request, o []CallOption) error {
	_, err := c.exchange(ctx, r, o)
	return err
}

// exchange sends a request, again if need be, and gives the whole body of the answer.
func (c *Client) exchange(ctx context.Context, r request, o []CallOption) ([]byte, error) {
	var body []byte
	_, err := c.send(ctx, r, o, func(resp *http.Response) error {
		defer resp.Body.Close()
		var err error
		if body, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1)); err == nil && len(body) > maxAnswer {
			err = errTooLarge
		}
		return err
	})
	return body, err
}

// prepare makes the http.Request of a call. It is asked again each time that the request is sent.
func (c *Client) prepare(ctx context.Context, r *request, o *callOptions, text []byte, token string) (*http.Request, error) {
	address := c.base
	if !r.root {
		address += prefix
	}
	address += r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	var body io.Reader
	contentType, length := r.contentType, int64(-1)
	switch {
	case r.form != nil:
		var err error
		if body, contentType, length, err = r.form.open(); err != nil {
			return nil, fmt.Errorf("client: read the file again: %w", err)
		}
	case r.body != nil:
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, err
	}
	if r.form != nil {
		req.ContentLength = length
	}
	for name, values := range o.header {
		req.Header[name] = values
	}
	if r.asItIs {
		req.Header.Set("Accept-Encoding", "identity")
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	if r.accept == "" {
		r.accept = "application/json"
	}
	req.Header.Set("Accept", r.accept)
	req.Header.Set("User-Agent", c.agent)
	if r.lastEvent != "" {
		req.Header.Set("Last-Event-ID", r.lastEvent)
	}
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, nil
}

func optionsOf(all []CallOption) *callOptions {
	o := &callOptions{header: http.Header{}}
	for _, f := range all {
		f(o)
	}
	return o
}

// note fills what the caller wants to know of an answer.
func (o *callOptions) note(resp *http.Response) {
	if o.meta != nil {
		h := resp.Header
		*o.meta = Meta{Status: resp.StatusCode, ETag: h.Get("ETag"), Seq: h.Get("Rung-Seq"), RequestID: h.Get("X-Request-Id"), Header: h}
	}
}
