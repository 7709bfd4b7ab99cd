package main

import (
	"context"
	"errors"
	"fmt"
)

// How growth with the number of streams is measured: what one person asks for while she alone listens, and while ten
// thousand others do, in other workspaces or in hers.
const elsewhere = 50 // workspaces that the others listen to

func strangerEffort() effort { return effort{rounds: 11, reads: 60, writes: 30} }

// crowdEffort is less, for each change is told to ten thousand before the next.
func crowdEffort() effort { return effort{rounds: 9, reads: 60, writes: 5} }

func streamSettings() []string {
	return []string{"RUNG_MAX_USER_STREAMS=30000", "RUNG_MAX_WORKSPACES=1000"}
}

// streamGrowth compares what is asked for with one stream with the same while ten thousand are open.
func (b *bench) streamGrowth(ctx context.Context) (err error) {
	quiet, stopQuiet, err := b.newHouse(ctx, streamSettings()...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stopQuiet()) }()
	busy, stop, err := b.newHouse(ctx, streamSettings()...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := b.withStrangers(ctx, quiet, busy); err != nil {
		return err
	}
	return b.withCrowd(ctx, busy)
}

// withStrangers compares a server on which one listens with one on which ten thousand more listen to other workspaces.
func (b *bench) withStrangers(ctx context.Context, quiet, busy *soak) error {
	var strangers []*room
	defer func() {
		for _, r := range strangers {
			r.leave()
		}
	}()
	for i := range elsewhere {
		r, err := busy.newRoom(fmt.Sprint("Elsewhere ", i), idleStreams/elsewhere)
		if err != nil {
			return err
		}
		strangers = append(strangers, r)
	}
	var rooms [2]*room
	for i, k := range []*soak{quiet, busy} {
		r, err := k.newRoom("Mine", 1)
		if err != nil {
			return err
		}
		defer r.leave()
		rooms[i] = r
	}
	return b.growing(ctx, "growth with streams elsewhere", rooms, strangerEffort(), growthLimit,
		"1 stream", fmt.Sprintf("%d more in %d other workspaces", idleStreams, elsewhere))
}

// withCrowd compares, on one server, workspaces with 1, 10, 100, 1,000 and 10,000 streams.
func (b *bench) withCrowd(ctx context.Context, k *soak) error {
	var rooms []*room
	defer func() {
		for _, r := range rooms {
			r.leave()
		}
	}()
	for n := 1; n <= idleStreams; n *= 10 {
		r, err := k.newRoom(fmt.Sprint("Crowd of ", n), n)
		if err != nil {
			return err
		}
		rooms = append(rooms, r)
	}
	first, last := rooms[0], rooms[len(rooms)-1]
	if err := b.growing(ctx, "growth with streams of the same workspace", [2]*room{first, last}, crowdEffort(), growthLimit,
		"1 stream", fmt.Sprint(idleStreams)); err != nil {
		return err
	}
	return b.telling(ctx, rooms)
}
