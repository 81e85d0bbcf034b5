-- Where app hosts that replicate sessions find each other: JGroups' JDBC_PING writes and reads it, with these names. A
-- row is a member's address under its cluster's name; rows of members that died go when the next one joins or leaves.

CREATE TABLE jgroupsping (
    own_addr     varchar(200) NOT NULL,
    cluster_name varchar(200) NOT NULL,
    ping_data    bytea,
    PRIMARY KEY (own_addr, cluster_name)
);
