package load

import (
	"math"
	"math/rand/v2"
	"time"
)

// exampleReport is a rehearsal of 100,000 users for five minutes, with a hiccup; its figures are made up.
func exampleReport() *Report {
	r := &Report{
		Version: "1.4.0", URL: "http://127.0.0.1:8080", StartedAt: time.Date(2026, 3, 14, 9, 26, 0, 0, time.UTC),
		Users: 100_000, Present: 5000, Teams: 5000, Active: 1212, Processes: 4, Every: 20, Seconds: 300,
		Requests: Requests{
			Count: 74_812, Writes: 14_903, PerSecond: 249.4,
			Latency: Quantiles{P50: 2.14, P90: 5.9, P99: 21.7, P999: 88, Max: 412},
		},
		EventDelay: Quantiles{P50: 6.2, P90: 14, P99: 41.5, P999: 130, Max: 460}, Events: 196_204,
		Streams: Streams{Open: 5000, Opened: 5000},
		Checks:  Checks{Acknowledged: 14_903, ReadBack: 14_903, Reread: 14_903, Streams: 5000, Events: 196_204},
		Server:  &Server{Processor: 1.42, Memory: 640 << 20, Heap: 351 << 20, Descriptors: 5061, MaxDescriptors: 1_048_576},
		Machine: Machine{Cores: 16, Processor: 1.9, Busy: 0.24, Memory: 870 << 20},
		Goal:    Goal{P99: 100, DelayP99: 250},
	}
	dice := rand.New(rand.NewPCG(1, 2))
	for i, a := range []struct {
		name string
		part float64
		slow float64
	}{
		{"groups", 0.25, 1},
		{"list", 0.2, 1.5},
		{"task", 0.15, 0.6},
		{"search", 0.05, 6},
		{"stats", 0.05, 0.9},
		{"changes", 0.1, 0.7},
		{"create", 0.05, 3},
		{"move", 0.05, 2.8},
		{"edit", 0.05, 2.6},
		{"comment", 0.05, 2.4},
	} {
		r.Mix = append(r.Mix, Share{Action: a.name, Part: a.part})
		r.Actions = append(r.Actions, Action{
			Name: a.name, Write: i >= 6, Count: int64(74_812 * a.part),
			Latency: Quantiles{P50: 1.1 * a.slow, P90: 2.6 * a.slow, P99: 9.3 * a.slow, P999: 30 * a.slow, Max: 61 * a.slow},
		})
	}
	for i := range 330 {
		come, hiccup := math.Min(1, float64(i)/30), 1.0
		if i >= 180 && i < 190 {
			hiccup = 14 - math.Abs(float64(i-184))*2.4
		}
		noise := func() float64 { return 0.85 + 0.4*dice.Float64() }
		s := Second{
			At: float64(i), Measured: i >= 30, Requests: int64(250 * come * noise()), Writes: int64(50 * come * noise()),
			P50: 2.1 * noise() * math.Sqrt(hiccup), P99: 18 * noise() * hiccup, DelayP99: 36 * noise() * hiccup, Events: int64(650 * come),
			Streams: int(5000 * come), Processor: (0.15 + 1.3*come) * noise(), Memory: (310 + 300*come + float64(i%40)) * mebibyte,
		}
		s.P999 = s.P99 * 2.2 * noise()
		if i > 240 && i < 252 {
			s.Processor, s.Memory = -1, -1
		}
		r.Timeline = append(r.Timeline, s)
	}
	r.Judge()
	return r
}

// exampleLimit is a rehearsal that looked for the limit.
func exampleLimit() *Report {
	r := exampleReport()
	r.Users, r.Present, r.Teams, r.Active = 280_000, 14_000, 14_000, 3391
	r.Requests.Count, r.Requests.Writes, r.Requests.PerSecond, r.Requests.Latency.P99 = 209_000, 41_600, 696.7, 78.4
	r.Streams = Streams{Open: 14_000, Opened: 14_000}
	step := func(users int, p99, delay, processor, busy float64, why ...string) {
		r.Steps = append(r.Steps, Step{
			Users: users, Held: len(why) == 0, P99: p99, DelayP99: delay, Busy: busy, Why: why,
			Server: &Server{Processor: processor, Memory: float64(users) * 4400},
		})
	}
	step(50_000, 9.1, 22, 0.8, 0.12)
	step(100_000, 21.7, 41.5, 1.42, 0.24)
	step(200_000, 44, 96, 2.7, 0.45)
	step(400_000, 2410, 3900, 3.98, 0.97, "The p99 of requests was 2.41 s, and the goal is 100 ms.", "The p99 of the delay of events was 3.9 s, and the goal is 250 ms.")
	step(300_000, 131, 240, 3.9, 0.71, "The p99 of requests was 131 ms, and the goal is 100 ms.")
	step(280_000, 78.4, 181, 3.71, 0.66)
	r.FirstToGive = "With 300000 users the machine's processors were 97 % busy: the server took 3.90 of 4 cores, making the load 0.71."
	r.Judge()
	return r
}
