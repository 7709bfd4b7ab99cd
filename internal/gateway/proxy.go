package gateway

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"

	"github.com/rung-app/rung/internal/fault"
)

// Proxy is a role that runs in another process. It passes streams on as they come, and with each request the address
// of the client and the id; refuse answers when the other process can't be reached.
func Proxy(target *url.URL, refuse func(http.ResponseWriter, *http.Request, error), log *slog.Logger) http.Handler {
	proxy := &httputil.ReverseProxy{
		Rewrite: func(pr *httputil.ProxyRequest) {
			pr.SetURL(target)
			pr.Out.Header.Set("X-Forwarded-For", pr.In.RemoteAddr) // which a Gateway has made the client's
			pr.Out.Header["X-Request-Id"] = pr.In.Header["X-Request-Id"]
		},
		Transport: &http.Transport{
			MaxIdleConns: 1024, MaxIdleConnsPerHost: 256, IdleConnTimeout: 90 * time.Second, DisableCompression: true,
			ResponseHeaderTimeout: time.Minute,
		},
		ModifyResponse: func(resp *http.Response) error {
			mine, _ := resp.Request.Context().Value(answerKey{}).(http.Header)
			for name := range resp.Header {
				if name != "Vary" { // what either answer depends on, both do
					delete(mine, name)
				}
			}
			return nil
		},
		FlushInterval: -1,
		ErrorLog:      slog.NewLogLogger(log.Handler(), slog.LevelWarn),
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			refuse(w, r, fault.Unavailable(err))
		},
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 { // which bodies may take long is for the role to say
			_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(longestBody))
		}
		proxy.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), answerKey{}, w.Header())))
	})
}

// longestBody is how long any body may take on its way to a role; it is more than a role grants.
const longestBody = 20 * time.Minute

// answerKey leads to the headers that the answer has already; where the role sets one, hers is the only one.
type answerKey struct{}
