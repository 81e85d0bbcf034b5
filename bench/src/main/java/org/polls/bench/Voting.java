package org.polls.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What voters do on one poll, and how many of their votes have been acknowledged. One object serves one load, whose
 * visits start on one thread.
 */
final class Voting {

    private static final int FOUND = 302;
    private static final int SEE_OTHER = 303;

    private final AtomicLong acknowledged = new AtomicLong();
    private final SplittableRandom random = new SplittableRandom();

    /** {@return the votes that were acknowledged so far} */
    long acknowledged() {
        return acknowledged.get();
    }

    /**
     * Votes and nothing else, each of a voter of this project with a ballot of its own.
     *
     * @param cookies of voters who have been on the poll's page before; when all have voted, more come without one,
     *     who are told apart by their ballots
     */
    Supplier<Visit> ballots(Poll poll, List<String> cookies) {
        AtomicLong count = new AtomicLong();
        return () -> {
            long number = count.getAndIncrement();
            UUID ballot = new UUID(
                    (random.nextLong() & ~0xf000L) | 0x4000L,
                    (random.nextLong() & (Long.MAX_VALUE >> 1)) | Long.MIN_VALUE);
            String cookie = number < cookies.size() ? "polls_voter=" + cookies.get((int) number) : "";
            byte[] request =
                    Requests.post(poll.voteAddress(), cookie, "choice=" + poll.choice(number) + "&ballot=" + ballot);
            return vote(request, "/results/?ballot=" + ballot);
        };
    }

    /** Votes and nothing else, all of one voter of the peer, who fetched the page and its token once. */
    Supplier<Visit> peerVotes(Poll poll, String cookie, String token) {
        AtomicLong count = new AtomicLong();
        return () -> vote(
                Requests.post(
                        poll.voteAddress(),
                        "csrftoken=" + cookie,
                        "csrfmiddlewaretoken=" + token + "&choice=" + poll.choice(count.getAndIncrement())),
                "/results/");
    }

    /** Whole journeys of new voters: the poll's page, the vote, the results with the own vote. */
    Supplier<Visit> journeys(Poll poll) {
        AtomicLong count = new AtomicLong();
        return () -> new Journey(poll, poll.choice(count.getAndIncrement()));
    }

    private Visit vote(byte[] request, String expectedLocation) {
        return answer -> {
            if (answer == null) {
                return request;
            }
            acknowledge(answer, expectedLocation);
            return null;
        };
    }

    private String acknowledge(Answer answer, String expectedLocation) throws Unexpected {
        String location = answer.header("location");
        boolean redirected = answer.status() == FOUND || answer.status() == SEE_OTHER;
        if (!redirected || location == null || !location.endsWith(expectedLocation)) {
            throw new Unexpected("not the acknowledgement", answer);
        }
        acknowledged.incrementAndGet();
        return location;
    }

    private final class Journey implements Visit {

        private final Poll poll;
        private final long choice;
        private int step;
        private String expectedLocation;

        Journey(Poll poll, long choice) {
            this.poll = poll;
            this.choice = choice;
        }

        @Override
        public byte[] next(Answer answer) throws Unexpected {
            switch (step++) {
                case 0 -> {
                    return Requests.get(poll.address(), "");
                }
                case 1 -> {
                    return form(answer);
                }
                case 2 -> {
                    String location = acknowledge(answer, expectedLocation);
                    return Requests.get(location.replaceFirst("^https://[^/]*", ""), "");
                }
                default -> {
                    if (answer.status() != 200 || !answer.bodyContains(poll.text())) {
                        throw new Unexpected("not the results", answer);
                    }
                    return null;
                }
            }
        }

        private byte[] form(Answer answer) throws Unexpected {
            if (answer.status() != 200) {
                throw new Unexpected("not the poll", answer);
            }
            String ballot = answer.input("ballot");
            if (ballot != null) {
                expectedLocation = "/results/?ballot=" + ballot;
                return Requests.post(
                        poll.voteAddress(),
                        "polls_voter=" + answer.cookie("polls_voter"),
                        "choice=" + choice + "&ballot=" + ballot);
            }
            String token = answer.input("csrfmiddlewaretoken");
            if (token == null) {
                throw new Unexpected("no form", answer);
            }
            expectedLocation = "/results/";
            return Requests.post(
                    poll.voteAddress(),
                    "csrftoken=" + answer.cookie("csrftoken"),
                    "csrfmiddlewaretoken=" + token + "&choice=" + choice);
        }
    }

    /** One poll of the data that all sites have alike: {@value Poll#CHOICES} choices, ids in one sequence. */
    record Poll(long id) {

        static final int CHOICES = 4;

        String address() {
            return "/polls/" + id + "/";
        }

        String voteAddress() {
            return "/polls/" + id + "/vote/";
        }

        String resultsAddress() {
            return "/polls/" + id + "/results/";
        }

        /** {@return the id of one of its choices, of each in turn} */
        long choice(long number) {
            return (id - 1) * CHOICES + 1 + number % CHOICES;
        }

        /** {@return what its pages say} */
        byte[] text() {
            return ("Question " + id).getBytes(StandardCharsets.UTF_8);
        }
    }
}
