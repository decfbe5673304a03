PRAGMA application_id = 1096043603;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE batch (
	batch_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	rows_read INTEGER NOT NULL, 
	rows_accepted INTEGER NOT NULL, 
	rows_rejected INTEGER NOT NULL, 
	CONSTRAINT pk_batch PRIMARY KEY (batch_id), 
	CONSTRAINT ck_batch_conservation CHECK (rows_read = rows_accepted + rows_rejected), 
	CONSTRAINT fk_batch_sha256 FOREIGN KEY(sha256) REFERENCES upload (sha256)
);
INSERT INTO "batch" VALUES(1,'source','sources.csv','1123983dfbb5bb5ff66ac29ef19e5601f34989b3250aab61ca7b6d3ca6e73144',1,1,0);
INSERT INTO "batch" VALUES(2,'complaint','ប្រចាំខែ.csv','5e4573cf80b28bb38cf25952f44b23cb35fa8ffac6653dc01d74b9c2f1e83794',3,2,1);
INSERT INTO "batch" VALUES(3,'complaint','again.csv','03f8e9ca2cb072c56b699ca8855c1ac753437e43c0a8eb1352d8534ce470829c',2,2,0);
INSERT INTO "batch" VALUES(4,'event','events.csv','b5b00a1756c888c8898868de1d6b6b345d2f3156e9f602c8af81650f39e288ca',1,1,0);
CREATE TABLE claim (
	row_id INTEGER NOT NULL, 
	claim_id TEXT NOT NULL, 
	metric TEXT, 
	qualifier TEXT, 
	value_verbatim TEXT, 
	period_edtf TEXT, 
	date_precision TEXT, 
	province_code TEXT, 
	geography TEXT, 
	place_text TEXT, 
	nationality TEXT, 
	speaker TEXT, 
	speaker_type TEXT, 
	stance TEXT, 
	responds_to TEXT, 
	part_of TEXT, 
	restates TEXT, 
	stated_date TEXT, 
	information_credibility TEXT, 
	event_id TEXT, 
	compound_id TEXT, 
	source_ids TEXT, 
	quote TEXT, 
	outside_knowledge TEXT, 
	note TEXT, 
	match_method TEXT, 
	low FLOAT, 
	best FLOAT, 
	high FLOAT, 
	distance_m FLOAT, 
	period_start DATE, 
	period_end DATE, 
	row_number INTEGER NOT NULL, 
	extra TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	rev_in INTEGER NOT NULL, 
	rev_out INTEGER NOT NULL, 
	CONSTRAINT pk_claim PRIMARY KEY (row_id), 
	CONSTRAINT ck_claim_revisions CHECK (rev_in < rev_out), 
	CONSTRAINT fk_claim_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id), 
	CONSTRAINT fk_claim_rev_in FOREIGN KEY(rev_in) REFERENCES revision (revision)
);
CREATE TABLE complaint (
	row_id INTEGER NOT NULL, 
	complaint_id TEXT NOT NULL, 
	received_date TEXT, 
	date_precision TEXT, 
	province_code TEXT, 
	place_text TEXT, 
	location_precision TEXT, 
	compound_id TEXT, 
	nationality TEXT, 
	sex TEXT, 
	age_group TEXT, 
	channel TEXT, 
	trafficking_status TEXT, 
	outcome TEXT, 
	source_ids TEXT, 
	note TEXT, 
	match_method TEXT, 
	date_start DATE, 
	date_end DATE, 
	latitude FLOAT, 
	longitude FLOAT, 
	distance_m FLOAT, 
	people_affected BIGINT, 
	row_number INTEGER NOT NULL, 
	extra TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	rev_in INTEGER NOT NULL, 
	rev_out INTEGER NOT NULL, 
	CONSTRAINT pk_complaint PRIMARY KEY (row_id), 
	CONSTRAINT ck_complaint_revisions CHECK (rev_in < rev_out), 
	CONSTRAINT fk_complaint_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id), 
	CONSTRAINT fk_complaint_rev_in FOREIGN KEY(rev_in) REFERENCES revision (revision)
);
INSERT INTO "complaint" VALUES(1,'c-1','2023-04-01','day','KH-20','Bavet, Svay Rieng','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'src-example',NULL,'name','2023-04-01','2023-04-02',NULL,NULL,NULL,3,2,'{"Officer": "A"}',2,2,3);
INSERT INTO "complaint" VALUES(2,'c-2','2023-04-02','day','KH-7','Kampot','province',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'src-example',NULL,'name','2023-04-02','2023-04-03',NULL,NULL,NULL,1,3,'{"Officer": "B"}',2,2,4);
INSERT INTO "complaint" VALUES(3,'c-1','2023-04-01','day','KH-20','Bavet, Svay Rieng','town',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'src-example',NULL,'name','2023-04-01','2023-04-02',NULL,NULL,NULL,4,2,'{"Officer": "A"}',2,3,2147483647);
INSERT INTO "complaint" VALUES(4,'c-2','2023-05-02','day','KH-21','Takeo','province',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'name','2023-05-02','2023-05-03',NULL,NULL,NULL,NULL,2,'{}',3,4,5);
INSERT INTO "complaint" VALUES(5,'c-4','2023-05-02','day','KH-21','Takeo','province',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'name','2023-05-02','2023-05-03',NULL,NULL,NULL,NULL,3,'{}',3,4,5);
INSERT INTO "complaint" VALUES(6,'c-2','2023-04-02','day','KH-7','Kampot','province',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'src-example',NULL,'name','2023-04-02','2023-04-03',NULL,NULL,NULL,1,3,'{"Officer": "B"}',2,5,2147483647);
CREATE TABLE compound (
	row_id INTEGER NOT NULL, 
	compound_id TEXT NOT NULL, 
	name TEXT, 
	name_km TEXT, 
	name_zh TEXT, 
	aliases TEXT, 
	compound_type TEXT, 
	listing TEXT, 
	province_code TEXT, 
	district TEXT, 
	place_text TEXT, 
	location_precision TEXT, 
	part_of TEXT, 
	same_as TEXT, 
	operator_as_reported TEXT, 
	status TEXT, 
	status_date_edtf TEXT, 
	sensitivity TEXT, 
	source_ids TEXT, 
	quote TEXT, 
	outside_knowledge TEXT, 
	note TEXT, 
	match_method TEXT, 
	latitude FLOAT, 
	longitude FLOAT, 
	coordinate_uncertainty_m FLOAT, 
	distance_m FLOAT, 
	row_number INTEGER NOT NULL, 
	extra TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	rev_in INTEGER NOT NULL, 
	rev_out INTEGER NOT NULL, 
	CONSTRAINT pk_compound PRIMARY KEY (row_id), 
	CONSTRAINT ck_compound_revisions CHECK (rev_in < rev_out), 
	CONSTRAINT fk_compound_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id), 
	CONSTRAINT fk_compound_rev_in FOREIGN KEY(rev_in) REFERENCES revision (revision)
);
CREATE TABLE event (
	row_id INTEGER NOT NULL, 
	event_id TEXT NOT NULL, 
	event_type TEXT, 
	event_date_edtf TEXT, 
	date_precision TEXT, 
	province_codes TEXT, 
	place_text TEXT, 
	location_precision TEXT, 
	compound_id TEXT, 
	nationality TEXT, 
	qualifier TEXT, 
	actor TEXT, 
	contested_by TEXT, 
	grading TEXT, 
	report_date TEXT, 
	description TEXT, 
	source_ids TEXT, 
	quote TEXT, 
	outside_knowledge TEXT, 
	note TEXT, 
	match_method TEXT, 
	date_start DATE, 
	date_end DATE, 
	latitude FLOAT, 
	longitude FLOAT, 
	distance_m FLOAT, 
	people_low BIGINT, 
	people_best BIGINT, 
	people_high BIGINT, 
	row_number INTEGER NOT NULL, 
	extra TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	rev_in INTEGER NOT NULL, 
	rev_out INTEGER NOT NULL, 
	CONSTRAINT pk_event PRIMARY KEY (row_id), 
	CONSTRAINT ck_event_revisions CHECK (rev_in < rev_out), 
	CONSTRAINT fk_event_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id), 
	CONSTRAINT fk_event_rev_in FOREIGN KEY(rev_in) REFERENCES revision (revision)
);
INSERT INTO "event" VALUES(1,'e-1','raid','2022-09','month','KH-18','Sihanoukville','district',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'alias','2022-09-01','2022-10-01',10.6,103.5,NULL,NULL,NULL,NULL,2,'{}',4,6,2147483647);
CREATE TABLE revision (
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor TEXT NOT NULL, 
	action TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	rows INTEGER NOT NULL, 
	rows_sha256 VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_revision PRIMARY KEY (revision), 
	CONSTRAINT ck_revision_action CHECK (action IN ('import', 'correct', 'revert', 'reapply')), 
	CONSTRAINT fk_revision_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id)
);
INSERT INTO "revision" VALUES(1,'2026-11-21 23:23:29.187387','Dara','import',1,'Sources',1,'a610921a1e0993d7e779d732e2693327babcc8846b6630ea5334f864a0e4a725');
INSERT INTO "revision" VALUES(2,'2026-11-21 23:23:29.521020','Dara','import',2,'April',2,'6dadaa610e88def66b1f4f66231b056e6e9d42ef65fed848c579eeabb35cdd6b');
INSERT INTO "revision" VALUES(3,'2026-11-21 23:23:29.548681','Sok','correct',2,'recount',1,'ad74ffc918d15c334535964657280af07df68026a60e0054ad5083cdbefd74f2');
INSERT INTO "revision" VALUES(4,'2026-11-21 23:23:29.683838','Maly','import',3,'',2,'e5cb736c70119fe7934b201e5937271558a7831aeae37a0bae50d286ccd16feb');
INSERT INTO "revision" VALUES(5,'2026-11-21 23:23:29.724106','Dara','revert',3,'wrong file',2,'43777eeb147378d383b73538fd8f5be4dc7f7d9a888f5a7e394d97a4939b83c6');
INSERT INTO "revision" VALUES(6,'2026-11-21 23:23:29.964161','Dara','import',4,'',1,'0b59f8e96b3ab2a0f4bfbff7cd180883bf17ac32807ef81c303c7aaeefa2e35a');
CREATE TABLE source (
	row_id INTEGER NOT NULL, 
	source_id TEXT NOT NULL, 
	title TEXT, 
	publisher TEXT, 
	author TEXT, 
	published_date TEXT, 
	accessed_date TEXT, 
	url TEXT, 
	archive_url TEXT, 
	language TEXT, 
	source_type TEXT, 
	source_reliability TEXT, 
	licence TEXT, 
	derived_from TEXT, 
	note TEXT, 
	row_number INTEGER NOT NULL, 
	extra TEXT NOT NULL, 
	batch_id INTEGER NOT NULL, 
	rev_in INTEGER NOT NULL, 
	rev_out INTEGER NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY (row_id), 
	CONSTRAINT ck_source_revisions CHECK (rev_in < rev_out), 
	CONSTRAINT fk_source_batch_id FOREIGN KEY(batch_id) REFERENCES batch (batch_id), 
	CONSTRAINT fk_source_rev_in FOREIGN KEY(rev_in) REFERENCES revision (revision)
);
INSERT INTO "source" VALUES(1,'src-example','Hotline log','Example NGO',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,2,'{}',1,1,2147483647);
CREATE TABLE upload (
	sha256 VARCHAR(64) NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_upload PRIMARY KEY (sha256)
);
INSERT INTO "upload" VALUES('1123983dfbb5bb5ff66ac29ef19e5601f34989b3250aab61ca7b6d3ca6e73144',X'736F757263655F69642C7469746C652C7075626C69736865720A7372632D6578616D706C652C486F746C696E65206C6F672C4578616D706C65204E474F0A');
INSERT INTO "upload" VALUES('5e4573cf80b28bb38cf25952f44b23cb35fa8ffac6653dc01d74b9c2f1e83794',X'636F6D706C61696E745F69642C72656365697665645F646174652C706C6163655F746578742C70656F706C655F61666665637465642C736F757263655F6964732C4F6666696365720A632D312C323032332D30342D30312C2242617665742C2053766179205269656E67222C332C7372632D6578616D706C652C410A632D322C323032332D30342D30322C4B616D706F742C312C7372632D6578616D706C652C420A632D332C7965737465726461792C4B616D706F742C312C7372632D6578616D706C652C430A');
INSERT INTO "upload" VALUES('03f8e9ca2cb072c56b699ca8855c1ac753437e43c0a8eb1352d8534ce470829c',X'636F6D706C61696E745F69642C72656365697665645F646174652C706C6163655F746578740A632D322C323032332D30352D30322C54616B656F0A632D342C323032332D30352D30322C54616B656F0A');
INSERT INTO "upload" VALUES('b5b00a1756c888c8898868de1d6b6b345d2f3156e9f602c8af81650f39e288ca',X'6576656E745F69642C6576656E745F747970652C6576656E745F646174655F656474662C706C6163655F746578742C6C617469747564652C6C6F6E6769747564650A652D312C726169642C323032322D30392C536968616E6F756B76696C6C652C31302E362C3130332E350A');
CREATE INDEX ix_batch_sha256 ON batch (sha256);
CREATE INDEX ix_revision_batch_id ON revision (batch_id);
CREATE UNIQUE INDEX ux_source_live ON source (source_id) WHERE rev_out = 2147483647;
CREATE INDEX ix_source_source_id ON source (source_id);
CREATE INDEX ix_source_batch_id ON source (batch_id);
CREATE INDEX ix_source_rev_in ON source (rev_in);
CREATE INDEX ix_source_rev_out ON source (rev_out);
CREATE UNIQUE INDEX ux_compound_live ON compound (compound_id) WHERE rev_out = 2147483647;
CREATE INDEX ix_compound_compound_id ON compound (compound_id);
CREATE INDEX ix_compound_batch_id ON compound (batch_id);
CREATE INDEX ix_compound_rev_in ON compound (rev_in);
CREATE INDEX ix_compound_rev_out ON compound (rev_out);
CREATE UNIQUE INDEX ux_event_live ON event (event_id) WHERE rev_out = 2147483647;
CREATE INDEX ix_event_event_id ON event (event_id);
CREATE INDEX ix_event_batch_id ON event (batch_id);
CREATE INDEX ix_event_rev_in ON event (rev_in);
CREATE INDEX ix_event_rev_out ON event (rev_out);
CREATE UNIQUE INDEX ux_complaint_live ON complaint (complaint_id) WHERE rev_out = 2147483647;
CREATE INDEX ix_complaint_complaint_id ON complaint (complaint_id);
CREATE INDEX ix_complaint_batch_id ON complaint (batch_id);
CREATE INDEX ix_complaint_rev_in ON complaint (rev_in);
CREATE INDEX ix_complaint_rev_out ON complaint (rev_out);
CREATE UNIQUE INDEX ux_claim_live ON claim (claim_id) WHERE rev_out = 2147483647;
CREATE INDEX ix_claim_claim_id ON claim (claim_id);
CREATE INDEX ix_claim_batch_id ON claim (batch_id);
CREATE INDEX ix_claim_rev_in ON claim (rev_in);
CREATE INDEX ix_claim_rev_out ON claim (rev_out);
COMMIT;
