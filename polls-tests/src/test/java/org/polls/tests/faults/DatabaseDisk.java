package org.polls.tests.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.polls.tests.product.DatabaseFault;

/**
 * A small disk of the database's own, which can be filled: a file with a file system, mounted over the database's folder
 * in the mount namespace of the tests alone.
 */
final class DatabaseDisk implements AutoCloseable {

    private static final String SIZE = "768M";
    private static final int BLOCK = 1 << 20;

    private final Path folder;

    private DatabaseDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Moves the database onto such a disk, stopping it meanwhile.
     *
     * @param temporary gets the file
     */
    static DatabaseDisk mount(Path temporary) throws IOException, InterruptedException {
        Path folder = DatabaseFault.folder();
        // So much at most is kept of its log, however long the test takes.
        DatabaseFault.set("max_wal_size", "128MB");
        DatabaseFault.stop();
        try {
            Path image = temporary.resolve("disk.image");
            Path disk = Files.createDirectory(temporary.resolve("disk"));
            // Not sparse: where there is no room for it that is told at once, not by a broken file system.
            run("fallocate", "--length=" + SIZE, image.toString());
            run("mkfs.ext4", "-q", "-m", "0", image.toString());
            run("mount", "-o", "loop", image.toString(), disk.toString());
            run("cp", "--archive", folder + "/.", disk.toString());
            run("mount", "--move", disk.toString(), folder.toString());
        } finally {
            DatabaseFault.start();
        }
        return new DatabaseDisk(folder);
    }

    /** Fills it to the last byte, until the result is closed. */
    Trouble fill() throws IOException {
        Path filling = folder.resolve("filling");
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(filling)) {
            for (int size = BLOCK; size > 0; ) {
                try {
                    out.write(block, 0, size);
                } catch (IOException full) {
                    size /= 2;
                }
            }
        }
        return () -> {
            try {
                Files.delete(filling);
            } catch (IOException failed) {
                throw new IllegalStateException("the disk can't be emptied", failed);
            }
        };
    }

    /** Stops the database and takes the disk away, with all data. */
    @Override
    public void close() throws IOException, InterruptedException {
        DatabaseFault.stop();
        run("umount", folder.toString());
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
