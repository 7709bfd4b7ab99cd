package api

// What is on its way to a reader who takes her time is kept on the disk for her, so that there must not be any number of
// snapshots under way.
const (
	snapshotsAtOnce = 64
	snapshotsOfOne  = 6 // of one user, some of whose windows may start anew at the same time
)

func newSnapshots() *turns { return newTurns(snapshotsAtOnce, snapshotsOfOne, pieceTime) }
