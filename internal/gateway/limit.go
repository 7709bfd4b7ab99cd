package gateway

import (
	"fmt"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/rung-app/rung/internal/fault"
)

// burst is how many seconds' worth of requests an address may make at once.
const burst = 10

// maxBuckets bounds how many addresses are remembered. When there are more, those that have not been seen for longest
// enough to be full again are forgotten, which changes nothing for them.
const maxBuckets = 50_000

// limiter gives each client address a bucket of tokens. An IPv6 client has a whole /64 to choose addresses from, so
// that counts as one. Addresses of this machine have none: they are the operator herself, or a proxy that is not named
// as one, and everybody behind it would share a bucket.
type limiter struct {
	rate   rate.Limit
	now    func() time.Time
	policy []string // as the header has it

	mu      sync.Mutex
	buckets map[netip.Prefix]*rate.Limiter
}

func newLimiter(perSecond int, now func() time.Time) *limiter {
	return &limiter{
		rate: rate.Limit(perSecond), now: now, buckets: map[netip.Prefix]*rate.Limiter{},
		policy: []string{fmt.Sprintf(`"address";q=%d;w=%d`, perSecond*burst, burst)},
	}
}

// allow takes a token, or says when there will be one. It sets the headers of the IETF draft on RateLimit fields.
func (l *limiter) allow(client netip.Addr, h http.Header) error {
	if l.rate == 0 || !client.IsValid() || client.IsLoopback() {
		return nil
	}
	now := l.now()
	b := l.bucket(client, now)
	ok := b.AllowN(now, 1)
	left := max(0, int(b.TokensAt(now)))
	h["Ratelimit-Policy"] = l.policy
	if ok {
		text := strconv.AppendInt(append(make([]byte, 0, 40), `"address";r=`...), int64(left), 10)
		text = strconv.AppendInt(append(text, `;t=`...), burst, 10)
		h["Ratelimit"] = []string{string(text)}
		return nil
	}
	h.Set("RateLimit", `"address";r=0;t=1`)
	return fault.TooMany(time.Second)
}

func (l *limiter) bucket(client netip.Addr, now time.Time) *rate.Limiter {
	bits := 32
	if client.Is6() {
		bits = 64
	}
	key, err := client.Prefix(bits)
	if err != nil { // the bits fit the address
		key = netip.PrefixFrom(client, client.BitLen())
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[key]
	if b == nil {
		if len(l.buckets) >= maxBuckets {
			l.forget(now)
		}
		b = rate.NewLimiter(l.rate, int(l.rate)*burst)
		l.buckets[key] = b
	}
	return b
}

// forget drops buckets that are full and, if there are not enough of them, others.
func (l *limiter) forget(now time.Time) {
	for k, b := range l.buckets {
		if b.TokensAt(now) >= float64(b.Burst()) {
			delete(l.buckets, k)
		}
	}
	for k := range l.buckets {
		if len(l.buckets) < maxBuckets/2 {
			return
		}
		delete(l.buckets, k)
	}
}
