package tasks

import (
	"fmt"
	"math/big"
	"strconv"
)

// Positions are labels for the order-maintenance problem (Bender, Cole, Demaine, Farach-Colton, Zito: "Two simplified
// algorithms for maintaining order in a list", 2002): integers with room between them, written as 13 digits in base 32
// so that they sort as text. Between two neighbors a new one takes the middle; where there is no room left, the
// smallest stretch around it that is sparse enough is spread out evenly. So they stay 13 bytes long whatever is moved
// however often, and a move rewrites few others on average.
const (
	posDigits = 13
	posMax    = uint64(1) << 63
	posStep   = uint64(1) << 32 // room left between tasks that are added one after the other
	posRoom   = uint64(1) << 12 // a stretch is sparse enough if it leaves this between its members
)

func formatPos(n uint64) string {
	s := strconv.FormatUint(n, 32)
	for len(s) < posDigits {
		s = "0000000000000"[:posDigits-len(s)] + s
	}
	return s
}

func parsePos(s string) (uint64, error) {
	n, err := strconv.ParseUint(s, 32, 64)
	if err != nil || formatPos(n) != s { // in one spelling alone, or they would sort otherwise as texts
		return 0, fmt.Errorf("a stored position is not one: %q", s)
	}
	return n, nil
}

// between gives a label strictly between two, ok if there is room. 0 below and posMax above stand for the ends of the
// list; at an end it stays a step away from the last one, so that a list that only grows needs no spreading.
func between(low, high uint64) (n uint64, ok bool) {
	switch {
	case low == 0 && high == posMax:
		return posMax / 2, true
	case high == posMax && low < posMax-posStep:
		return low + posStep, true
	case low == 0 && high > posStep:
		return high - posStep, true
	case high-low < 2:
		return 0, false
	}
	return low + (high-low)/2, true
}

// spread gives n labels evenly between two; ok if that leaves room, or if low and high are the ends of the list.
func spread(low, high uint64, n int) (labels []uint64, ok bool) {
	gap := (high - low) / uint64(n+1)
	if gap < posRoom && (low != 0 || high != posMax) || gap < 2 {
		return nil, false
	}
	labels = make([]uint64, n)
	span, parts := new(big.Int).SetUint64(high-low), big.NewInt(int64(n+1))
	for i := range labels { // low + span*(i+1)/(n+1), which does not fit 64 bits on the way
		x := new(big.Int).Mul(span, big.NewInt(int64(i+1)))
		labels[i] = low + x.Div(x, parts).Uint64()
	}
	return labels, true
}

// Place says where in its order a thing goes.
type Place struct {
	First, Last   bool
	After, Before string // an id (or a task's key)
}
