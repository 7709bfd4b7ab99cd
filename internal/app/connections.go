package app

import (
	"container/list"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"sync"
	"syscall"
)

// Descriptors that are kept for everything but connections: the database, its readers, files and logs.
const (
	leastKept = 48
	mostKept  = 256
)

// connections bounds how many connections there are, of all clients and of one. When all are taken the one that has
// waited longest for a request, or for the rest of its headers, gives way to the next: whoever opens many and says
// nothing shuts nobody out.
type connections struct {
	net.Listener
	most    int            // of all together; 0: any number
	ofOne   int            // of one address; 0: any number
	trusted []netip.Prefix // proxies, which bring the requests of many

	mu      sync.Mutex
	open    map[net.Conn]*connection
	of      map[netip.Prefix]int
	waiting *list.List // of connections without a request, longest first
}

type connection struct {
	net.Conn
	among *connections
	key   netip.Prefix // zero if it is not counted by address
	waits *list.Element
	once  sync.Once
}

// bound puts the bounds on a listener.
func (a *App) bound(l net.Listener) *connections {
	return &connections{
		Listener: l, most: mostConnections(), ofOne: a.Config.MaxConnections, trusted: a.Config.TrustedProxies,
		open: map[net.Conn]*connection{}, of: map[netip.Prefix]int{}, waiting: list.New(),
	}
}

// mostConnections is what the process's limit of descriptors leaves, 0 if there is none.
func mostConnections() int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil || limit.Cur > 1<<30 {
		return 0
	}
	n := int(limit.Cur)
	return max(8, n-min(max(leastKept, n/8), mostKept))
}

// Accept gives the next connection that there is room for. One too many of an address is closed at once.
func (c *connections) Accept() (net.Conn, error) {
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if admitted := c.admit(conn); admitted != nil {
			return admitted, nil
		}
		_ = conn.Close()
	}
}

func (c *connections) admit(conn net.Conn) net.Conn {
	key := c.key(conn.RemoteAddr())
	c.mu.Lock()
	if key.IsValid() && c.ofOne > 0 && c.of[key] >= c.ofOne {
		c.mu.Unlock()
		return nil
	}
	var longest *connection
	if c.most > 0 && len(c.open) >= c.most {
		first := c.waiting.Front()
		if first == nil {
			c.mu.Unlock()
			return nil
		}
		longest = first.Value.(*connection)
		longest.unlist()
	}
	one := &connection{Conn: conn, among: c, key: key}
	one.waits = c.waiting.PushBack(one)
	c.open[one] = one
	if key.IsValid() {
		c.of[key]++
	}
	c.mu.Unlock()
	if longest != nil {
		_ = longest.Close()
	}
	return one
}

// key is what connections are counted by: an address or, of IPv6, the network that somebody has to choose from.
func (c *connections) key(addr net.Addr) netip.Prefix {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.Prefix{}
	}
	ip := tcp.AddrPort().Addr().Unmap().WithZone("")
	if ip.IsLoopback() || slices.ContainsFunc(c.trusted, func(p netip.Prefix) bool { return p.Contains(ip) }) {
		return netip.Prefix{}
	}
	bits := 32
	if ip.Is6() {
		bits = 64
	}
	key, _ := ip.Prefix(bits) // the bits fit the address
	return key
}

// state is told by the server what becomes of a connection.
func (c *connections) state(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	one := c.open[conn]
	if one == nil {
		return
	}
	one.unlist()
	if state == http.StateIdle || state == http.StateNew {
		one.waits = c.waiting.PushBack(one)
	}
}

// unlist has a connection give way to nobody. The mutex is held.
func (one *connection) unlist() {
	if one.waits != nil {
		one.among.waiting.Remove(one.waits)
		one.waits = nil
	}
}

// CloseWrite tells the client that nothing more comes, while what it still sends is let in. The server does so with
// whoever is refused before all of her request was read: closed at once, the connection would take the answer with it.
func (one *connection) CloseWrite() error {
	if half, ok := one.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// SyscallConn gives what the system knows the connection by.
func (one *connection) SyscallConn() (syscall.RawConn, error) {
	if c, ok := one.Conn.(syscall.Conn); ok {
		return c.SyscallConn()
	}
	return nil, errors.ErrUnsupported
}

// Close closes the connection, which makes room for another.
func (one *connection) Close() error {
	one.once.Do(func() {
		c := one.among
		c.mu.Lock()
		defer c.mu.Unlock()
		one.unlist()
		delete(c.open, one)
		if one.key.IsValid() {
			if c.of[one.key]--; c.of[one.key] == 0 {
				delete(c.of, one.key)
			}
		}
	})
	return one.Conn.Close()
}
