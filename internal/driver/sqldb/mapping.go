package sqldb

// Readers have the file mapped into memory: what they find there is not copied, nor asked for by a system call a page. But when
// the file was changed since a connection read last, the engine lets go of the whole mapping as it begins to read, and
// every page has to be found anew. Where hardly ten reads come between two writes that costs more than it spares: under a load
// of a thousand requests a second, 200 of them writes, a seventh of the processor time. So a reader maps the file while it
// mostly finds it unchanged, and reads it by calls while it does not.
type mapping struct {
	seen   uint64 // commits, when the connection read last
	churn  int    // how often it was changed of late: 0 seldom, mostChurn often
	mapped bool
}

// A mapping is worth its making for perReading reads. It takes a good many to change one's mind.
const (
	perReading = 16
	mostChurn  = 64 * perReading
	unmapAt    = mostChurn * 3 / 4
	mapAt      = mostChurn / 4
)

// follow is told of each read, and of how many commits there were by then.
func (m *mapping) follow(commits uint64, set func(mapped bool) error) {
	if commits != m.seen {
		m.churn = min(m.churn+perReading-1, mostChurn)
	} else {
		m.churn = max(m.churn-1, 0)
	}
	m.seen = commits
	if m.mapped && m.churn >= unmapAt || !m.mapped && m.churn <= mapAt {
		if set(!m.mapped) == nil { // else it is as it was, and as good
			m.mapped = !m.mapped
		}
	}
}

// mapFile has a connection map the file, or not.
func (c *conn) mapFile(mapped bool) error {
	if mapped {
		return c.exec(`PRAGMA mmap_size(` + mappedBytes + `)`)
	}
	return c.exec(`PRAGMA mmap_size(0)`)
}
