package org.polls.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.Base64;
import javax.sql.DataSource;
import org.polls.account.control.Superusers;

/** The account that a newcomer looks at the console with. Its password is drawn, and kept beside the data. */
final class FirstSuperuser {

    /** The file with the password, in the folder of the data. */
    static final String PASSWORD_FILE = "admin.password";

    private static final String NAME = "admin";
    private static final int PASSWORD_BYTES = 15;

    private FirstSuperuser() {}

    /** Adds the account if there are none at all, and writes its password to a file that only this user can read. */
    static void addToEmpty(DataSource database, Path passwordFile) {
        try {
            if (!isEmpty(database)) {
                return;
            }
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            String password = Base64.getUrlEncoder().encodeToString(random);
            new Superusers(database).create(NAME, "", password, ZoneId.of("UTC"));
            Folders.writePrivately(passwordFile, password + "\n");
        } catch (SQLException failed) {
            throw new RunException("The console's first account can't be added: " + failed.getMessage(), failed);
        }
    }

    /** {@return a line that says how to sign in} */
    static String told(Path passwordFile) throws IOException {
        return Files.exists(passwordFile)
                ? "sign in as " + NAME + " with the password "
                        + Files.readString(passwordFile).strip() + " (unless you changed it)"
                : "sign in with an account of yours";
    }

    private static boolean isEmpty(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT NOT EXISTS (SELECT FROM account)")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
