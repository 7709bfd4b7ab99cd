package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// How long is waited before a request is sent again: about firstWait, then twice as long each time up to lastWait; as
// long as the server says if it says so, but a server that wants more than longest is not waited for.
const (
	firstWait = 200 * time.Millisecond
	lastWait  = 5 * time.Second
	longest   = time.Minute
)

// errTooLarge and ErrUnexpected are of answers that no Rung server gives.
var errTooLarge = fmt.Errorf("%w: it is larger than 64 MiB", ErrUnexpected)

// ErrUnexpected says that an answer can't be read: what is at the address may be no Rung server.
var ErrUnexpected = errors.New("the server's answer can't be read")

func errUnreadable(err error) error { return fmt.Errorf("%w: %w", ErrUnexpected, err) }

// send sends a request until it is answered or will not be, and gives the answer to take if it is a success. take closes
// it, or leaves that to the caller; its error is as if the connection had broken off.
func (c *Client) send(ctx context.Context, r request, options []CallOption, take func(*http.Response) error) (*http.Response, error) {
	o := optionsOf(options)
	var text []byte
	if r.body != nil {
		if b, ok := r.body.(interface{ ownID() }); ok {
			b.ownID()
		}
		var err error
		if text, err = json.Marshal(r.body); err != nil {
			return nil, fmt.Errorf("client: encode the request: %w", err)
		}
	}
	if r.form != nil {
		defer r.form.rest()
	}
	renewed := false
	for attempt := 1; ; attempt++ {
		token := c.bearer()
		resp, err := c.once(ctx, &r, o, text, token, take)
		if err == nil {
			return resp, nil
		}
		refused, said := errors.AsType[*Error](err)
		if said && refused.Status == http.StatusUnauthorized && c.refresh != nil && token != "" && !renewed && r.again() {
			renewed = true
			attempt--
			if err := c.renew(ctx, token); err != nil {
				return nil, err
			}
			continue
		}
		wait, again := c.again(&r, o, err, attempt)
		if !again || ctx.Err() != nil {
			return nil, err
		}
		if sleep(ctx, wait) != nil {
			return nil, err
		}
	}
}

// once sends a request once.
func (c *Client) once(ctx context.Context, r *request, o *callOptions, text []byte, token string, take func(*http.Response) error) (*http.Response, error) {
	req, err := c.prepare(ctx, r, o, text, token)
	if err != nil {
		return nil, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	o.note(resp)
	switch {
	case resp.StatusCode == http.StatusNotModified:
		resp.Body.Close()
		return nil, ErrNotModified
	case resp.StatusCode < 200 || resp.StatusCode >= 300:
		defer resp.Body.Close()
		return nil, errorOf(resp)
	}
	if err := take(resp); err != nil {
		return nil, fmt.Errorf("client: %s %s: the answer broke off: %w", r.method, r.path, err)
	}
	return resp, nil
}

// again says whether to send a request again after an error, and when.
func (c *Client) again(r *request, o *callOptions, err error, attempt int) (time.Duration, bool) {
	if attempt >= c.attempts || o.once || !r.again() || errors.Is(err, ErrNotModified) || errors.Is(err, ErrUnexpected) {
		return 0, false
	}
	wait := backoff(attempt)
	refused, said := errors.AsType[*Error](err)
	switch {
	case !said:
		dial, ok := errors.AsType[*net.OpError](err)
		never := ok && dial.Op == "dial" // the server has seen nothing of it
		return wait, never || r.repeat && !o.guarded
	case refused.RetryAfter > longest:
		return 0, false
	case refused.Status == http.StatusTooManyRequests: // it was not looked at
		return max(wait, refused.RetryAfter), true
	case refused.Status == http.StatusBadGateway, refused.Status == http.StatusServiceUnavailable, refused.Status == http.StatusGatewayTimeout:
		return max(wait, refused.RetryAfter), r.repeat && !o.guarded
	default:
		return 0, false
	}
}

// again reports whether the request can be written again.
func (r *request) again() bool { return r.form == nil || r.form.repeats() }

// backoff gives between half and all of what is to be waited after so many attempts.
func backoff(attempt int) time.Duration {
	d := min(firstWait<<min(attempt-1, 10), lastWait)
	return d/2 + rand.N(d/2+1)
}
