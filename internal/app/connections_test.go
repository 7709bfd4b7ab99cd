package app

import (
	"container/list"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"testing"
)

// peer is a connection from an address.
type peer struct {
	net.Conn
	from   *net.TCPAddr
	closed bool
}

func (p *peer) RemoteAddr() net.Addr { return p.from }
func (p *peer) Close() error         { p.closed = true; return nil }

func from(addr string) *peer {
	return &peer{from: net.TCPAddrFromAddrPort(netip.AddrPortFrom(netip.MustParseAddr(addr), 4711))}
}

func bounded(most, ofOne int) *connections {
	return &connections{
		most: most, ofOne: ofOne, trusted: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")},
		open: map[net.Conn]*connection{}, of: map[netip.Prefix]int{}, waiting: list.New(),
	}
}

func TestAnAddressHasSoManyConnections(t *testing.T) {
	c := bounded(0, 2)
	first := c.admit(from("203.0.113.9"))
	if first == nil || c.admit(from("203.0.113.9")) == nil {
		t.Fatal("the first two are refused")
	}
	if c.admit(from("203.0.113.9")) != nil {
		t.Error("a third is let in")
	}
	if c.admit(from("203.0.113.10")) == nil {
		t.Error("another address is refused for it")
	}
	for range 5 {
		if c.admit(from("127.0.0.1")) == nil || c.admit(from("10.1.2.3")) == nil {
			t.Error("this machine, or a trusted proxy, is refused")
		}
	}
	for range 2 {
		c.admit(from("2001:db8::1"))
	}
	if c.admit(from("2001:db8::2")) != nil {
		t.Error("another address of the same network is let in")
	}
	_ = first.Close()
	_ = first.Close() // twice is once
	if c.admit(from("203.0.113.9")) == nil {
		t.Error("when one has gone the next is refused")
	}
	if c.admit(from("203.0.113.9")) != nil {
		t.Error("one that was closed twice is counted off twice")
	}
}

func TestWhoWaitsLongestGivesWay(t *testing.T) {
	c := bounded(3, 0)
	peers := []*peer{from("203.0.113.1"), from("203.0.113.2"), from("203.0.113.3")}
	var open []net.Conn
	for _, p := range peers {
		open = append(open, c.admit(p))
	}
	c.state(open[0], http.StateActive) // has sent a request
	next := from("203.0.113.4")
	fourth := c.admit(next)
	if fourth == nil || peers[0].closed || !peers[1].closed || peers[2].closed {
		t.Fatalf("let in: %v; closed: %v %v %v", fourth != nil, peers[0].closed, peers[1].closed, peers[2].closed)
	}
	c.state(open[2], http.StateActive)
	c.state(fourth, http.StateActive)
	if c.admit(from("203.0.113.5")) != nil {
		t.Error("one is let in though all are at work")
	}
	c.state(open[0], http.StateIdle)
	if c.admit(from("203.0.113.5")) == nil || !peers[0].closed {
		t.Error("one that has been answered does not give way")
	}
	if len(c.open) != 3 {
		t.Errorf("%d are open", len(c.open))
	}
}

// TestTheAnswerToWhoIsRefusedEarlyArrivesWhole sends more headers than are read.
func TestTheAnswerToWhoIsRefusedEarlyArrivesWhole(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := bounded(0, 0)
	c.Listener = l
	srv := &http.Server{Handler: http.NotFoundHandler(), MaxHeaderBytes: 1_000, ConnState: c.state}
	served := make(chan error)
	go func() { served <- srv.Serve(c) }()
	conn, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "GET /"+strings.Repeat("a", 100_000)+" HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(conn)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 431 ") {
		t.Errorf("the answer is %q, %v", answer, err)
	}
	_ = srv.Close()
	<-served
}
