package org.polls.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SchemaTest {

    @Test
    void the_oldest_usable_version_is_this_releases_newest_migration() throws IOException {
        try (Stream<Path> migrations = Files.list(Path.of("src/main/resources/db/migration"))) {
            int newest = migrations
                    .map(migration -> migration.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();

            assertThat(Schema.OLDEST).isEqualTo(newest);
            assertThat(Schema.NEWEST).isGreaterThanOrEqualTo(newest);
        }
    }

    @Test
    void a_newer_schema_within_the_range_is_usable_and_one_beyond_it_is_not() {
        assertThat(new Schema(Schema.OLDEST).isUsable()).isTrue();
        assertThat(new Schema(Schema.NEWEST).isUsable()).isTrue();
        assertThat(new Schema(Schema.NEWEST + 1).isUsable()).isFalse();
        assertThat(new Schema(Schema.NEWEST + 1).isBehind()).isFalse();
    }

    @Test
    void a_database_that_was_never_migrated_is_behind() {
        assertThat(new Schema(0).isUsable()).isFalse();
        assertThat(new Schema(0).isBehind()).isTrue();
    }
}
