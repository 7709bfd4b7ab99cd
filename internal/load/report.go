package load

import "time"

// Report is what came out of a rehearsal.
type Report struct {
	Version   string    `json:"version"` // of the server
	URL       string    `json:"url"`
	StartedAt time.Time `json:"started_at"`
	Users     int       `json:"users"`     // registered
	Present   int       `json:"present"`   // at once; each has a stream
	Teams     int       `json:"teams"`     // workspaces
	Active    int       `json:"active"`    // workspaces with somebody present
	Processes int       `json:"processes"` // that made the load
	Every     float64   `json:"every_seconds"`
	Seconds   float64   `json:"seconds"` // that were measured, after everybody had come
	Mix       []Share   `json:"mix"`     // what people do, in the order of Actions

	Requests   Requests  `json:"requests"`
	Actions    []Action  `json:"actions"` // what was asked for, in the order of Actions
	EventDelay Quantiles `json:"event_delay"`
	Events     int64     `json:"events"` // that were heard, counted once for each stream
	Streams    Streams   `json:"streams"`
	Checks     Checks    `json:"checks"`
	Server     *Server   `json:"server"`  // nil if its metrics could not be read
	Machine    Machine   `json:"machine"` // that the load was made on
	Timeline   []Second  `json:"timeline"`

	Goal  Goal     `json:"goal"`
	Held  bool     `json:"held"`
	Why   []string `json:"why"`             // it was not held, a sentence each
	Steps []Step   `json:"steps,omitempty"` // that led here, when the limit was looked for
	// FirstToGive says what gave out first, when the limit was looked for.
	FirstToGive string `json:"first_to_give,omitempty"`
}

// Share is how often something is done.
type Share struct {
	Action string  `json:"action"`
	Part   float64 `json:"part"` // of all, 0 to 1
}

// Requests are all requests together.
type Requests struct {
	Count     int64     `json:"count"`
	Writes    int64     `json:"writes"`
	Errors    int64     `json:"errors"`
	PerSecond float64   `json:"per_second"`
	Latency   Quantiles `json:"latency"` // from the moment they were meant to be sent
}

// Action is one kind of request.
type Action struct {
	Name    string    `json:"name"`
	Write   bool      `json:"write"`
	Count   int64     `json:"count"`
	Errors  int64     `json:"errors"`
	Latency Quantiles `json:"latency"`
}

// Quantiles are in milliseconds.
type Quantiles struct {
	P50  float64 `json:"p50"`
	P90  float64 `json:"p90"`
	P99  float64 `json:"p99"`
	P999 float64 `json:"p999"`
	Max  float64 `json:"max"`
}

// Streams are the live streams.
type Streams struct {
	Open   int   `json:"open"`   // at the end
	Opened int64 `json:"opened"` // in all
	Broken int64 `json:"broken"` // by the server, or by what lies between
}

// Checks are what was looked after besides.
type Checks struct {
	Acknowledged int64 `json:"acknowledged"` // writes
	ReadBack     int64 `json:"read_back"`    // of them at the end
	Lost         int64 `json:"lost"`
	Reread       int64 `json:"reread"` // right after they were acknowledged, by somebody else on another connection
	Stale        int64 `json:"stale"`
	Streams      int64 `json:"streams"` // whose every event was compared with the history
	Events       int64 `json:"events"`
	Missed       int64 `json:"missed"`   // events that a stream did not hear
	Repeated     int64 `json:"repeated"` // events that it heard twice, or that are in no history
	Disordered   int64 `json:"disordered"`
	// Violations says some of them in words; Unchecked why something could not be checked, which fails the rehearsal as well.
	Violations []string `json:"violations"`
	Unchecked  []string `json:"unchecked"`
	// Errors says some of the errors in words.
	Errors []string `json:"errors"`
}

// Server is what the server used, by its own metrics.
type Server struct {
	Processor      float64 `json:"processor"`   // of one core, on average while it was measured
	Memory         float64 `json:"memory"`      // bytes that are its own, the most that were seen
	Heap           float64 `json:"heap"`        // bytes, the most that were seen
	Descriptors    float64 `json:"descriptors"` // the most that were seen
	MaxDescriptors float64 `json:"max_descriptors"`
}

// Machine is what the machine has that the load was made on, and what making it took.
type Machine struct {
	Cores     int     `json:"cores"`
	Processor float64 `json:"processor"` // of one core, on average, of the processes that made the load
	Busy      float64 `json:"busy"`      // of all cores, 0 to 1, whoever used them; 0 where it is not known
	Memory    float64 `json:"memory"`    // bytes of the processes that made the load, the most that were seen
}

// Second is one second of a rehearsal, the time in which people come included.
type Second struct {
	At        float64 `json:"at"`       // seconds from the beginning
	Measured  bool    `json:"measured"` // everybody had come
	Requests  int64   `json:"requests"`
	Writes    int64   `json:"writes"`
	Errors    int64   `json:"errors"`
	P50       float64 `json:"p50"` // milliseconds, as all that follow
	P99       float64 `json:"p99"`
	P999      float64 `json:"p999"`
	DelayP99  float64 `json:"delay_p99"`
	Events    int64   `json:"events"`
	Streams   int     `json:"streams"`
	Processor float64 `json:"processor"` // of the server, of one core; -1 where it is not known
	Memory    float64 `json:"memory"`    // of the server, bytes; -1 where it is not known
}

// Goal is what is called held, besides no errors and no violations.
type Goal struct {
	P99      float64 `json:"p99"`       // milliseconds
	DelayP99 float64 `json:"delay_p99"` // milliseconds
}

// Step is one number of users that was tried.
type Step struct {
	Users    int      `json:"users"`
	Held     bool     `json:"held"`
	P99      float64  `json:"p99"`
	DelayP99 float64  `json:"delay_p99"`
	Errors   int64    `json:"errors"`
	Server   *Server  `json:"server"`
	Busy     float64  `json:"busy"`
	Why      []string `json:"why"`
}
